import type { Hold, Invoice, Receivables, Revenue, Run } from './api';
import { show, whatIsThis, type Answer } from './card';
import { fill, h } from './dom';
import { count, day, money, month, plural, signedPercent } from './format';
import { sum, sumByCurrency } from './sums';
import { valuesOf } from './tables/holds';

export interface Tile { element: HTMLElement; body: HTMLElement }

export function tile(id: string, title: string, definition: string): Tile {
  const body = h('div', { class: 'tile-body' });
  const element = h('div', { class: 'tile', id, role: 'group', 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, title), body, whatIsThis(title, definition));
  return { element, body };
}

export function showTile<T>(to: Tile, answer: Answer<T>, retry: () => void, draw: (value: T) => Node[]): void {
  show(to.body, answer, retry, value => fill(to.body, ...draw(value)));
}

const figure = (value: string) => h('p', { class: 'figure' }, value);
const aside = (...children: (Node | string)[]) => h('p', { class: 'aside' }, ...children);
const amounts = (values: string[]) => h('div', { class: 'figures' }, ...values.map(figure));

export function billed(revenue: Revenue, before: Revenue | null, client: string | null): Node[] {
  const own = (all: Revenue) => all.byClient.filter(row => !client || row.clientId === client);
  const net = sumByCurrency(own(revenue), row => row.net);
  if (net.length === 0) return [figure('–'), aside('Nothing is billed yet.')];

  const earlier = new Map(before ? sumByCurrency(own(before), row => row.net) : []);
  const changes = net.flatMap(([currency, now]) => {
    const then = earlier.get(currency);
    return then ? [net.length > 1 ? `${currency} ${signedPercent(now / then - 1)}` : signedPercent(now / then - 1)] : [];
  });
  const totals = sumByCurrency(own(revenue), row => row.total).map(([currency, total]) => money(total, currency));
  return [
    amounts(net.map(([currency, value]) => money(value, currency))),
    aside(`With tax ${totals.join(' and ')}`),
    ...(before && changes.length > 0 ? [aside(`${changes.join(', ')} on ${month(before.period)}`)] : []),
  ];
}

export function invoiceCount(invoices: Invoice[], run: Run | null): Node[] {
  const trouble = invoices.filter(invoice => invoice.accounting === 'failed' || invoice.accounting === 'retrying').length;
  const quarantined = run?.quarantined.length ?? 0;
  return [
    figure(count(invoices.length)),
    aside(trouble === 0 ? 'None is stuck on its way to accounting' : `${plural(trouble, 'is', 'are')} not in accounting yet`),
    ...(quarantined > 0
      ? [aside(h('a', { href: '#run' }, `${plural(quarantined, 'client', 'clients')} quarantined`))]
      : []),
  ];
}

export function heldValue(holds: Hold[]): Node[] {
  if (holds.length === 0) return [figure(count(0)), aside('Nothing is held. Everything captured has been decided.')];
  const values = valuesOf(holds);
  const unpriced = holds.filter(hold => !hold.value).length;
  return [
    values.length > 0 ? amounts(values) : figure(plural(holds.length, 'item', 'items')),
    aside(h('a', { href: '#held' }, plural(holds.length, 'item', 'items')),
      unpriced > 0 ? `, ${count(unpriced)} of them without a price yet` : ''),
  ];
}

export function outstanding(receivables: Receivables, client: string | null): Node[] {
  const rows = receivables.rows.filter(row => !client || row.clientId === client);
  const open = sumByCurrency(rows, row => row.total).filter(([, total]) => total !== 0);
  if (open.length === 0) return [figure('–'), aside(`Nothing was open on ${day(receivables.asOf)}.`)];
  const overdue = sumByCurrency(rows, row => sum(row.amounts.slice(1))).filter(([, total]) => total !== 0);
  return [
    amounts(open.map(([currency, total]) => money(total, currency))),
    aside(overdue.length === 0 ? 'Nothing is overdue' : `Overdue ${overdue.map(([currency, total]) => money(total, currency)).join(' and ')}`),
    aside(`As of ${day(receivables.asOf)}`),
  ];
}
