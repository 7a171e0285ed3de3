import type { Revenue } from '../api';
import { groupBy, sum } from '../sums';

const coloured = 7;
export const otherServices = 'Other services';

/** The services in the order of the largest share they reach in any currency: shares compare, amounts would not. */
export function rankServices(revenue: Revenue): string[] {
  const totals = new Map([...groupBy(revenue.byService, row => row.currency)]
    .map(([currency, rows]) => [currency, sum(rows.map(row => Math.abs(row.net)))]));
  const shares = new Map<string, number>();
  for (const row of revenue.byService) {
    const share = Math.abs(row.net) / (totals.get(row.currency) || 1);
    shares.set(row.service, Math.max(share, shares.get(row.service) ?? 0));
  }
  return [...shares].sort(([a, shareA], [b, shareB]) => shareB - shareA || a.localeCompare(b)).map(([service]) => service);
}

export const serviceSeries = (rank: number) => Math.min(rank, coloured);

/** The name under which a service is drawn; the small ones past the palette share a colour and a name. */
export function drawnAs(service: string, ranked: string[]): string {
  const rank = ranked.indexOf(service);
  return rank >= coloured && ranked.length > coloured + 1 ? otherServices : service;
}
