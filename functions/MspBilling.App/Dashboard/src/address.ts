// What is shown is in the address, so that a view can be bookmarked and sent to a colleague.

export interface Address { period: string | null; client: string | null; invoice: string | null; asOf: string | null }

const names = ['period', 'client', 'invoice', 'asOf'] as const;

export function readAddress(): Address {
  const query = new URLSearchParams(location.search);
  return { period: query.get('period'), client: query.get('client'), invoice: query.get('invoice'), asOf: query.get('asOf') };
}

export function writeAddress(address: Address, how: 'push' | 'replace'): void {
  const query = new URLSearchParams();
  for (const name of names) {
    const value = address[name];
    if (value) query.set(name, value);
  }
  const url = query.size ? `${location.pathname}?${query}` : location.pathname;
  if (url === location.pathname + location.search) return;
  if (how === 'push') history.pushState(null, '', url);
  else history.replaceState(null, '', url);
}
