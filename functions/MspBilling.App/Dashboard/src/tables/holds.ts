import type { Hold } from '../api';
import { h } from '../dom';
import { day, hours, money, plural } from '../format';
import { groupBy, sum, sumByCurrency } from '../sums';
import { table } from './table';

/** Held items by reason, the most items first: one cause, one action, everything it releases. */
export function heldByReason(holds: Hold[]): HTMLElement {
  const groups = [...groupBy(holds, hold => hold.reason).values()].sort((a, b) => b.length - a.length);
  return h('ul', { class: 'reasons' }, ...groups.map(group => h('li', {}, reason(group))));
}

function reason(group: Hold[]): HTMLElement {
  const { title, action } = group[0]!;
  const actions = new Set(group.map(hold => hold.action));
  const held = sum(group.map(hold => hold.hours ?? 0));
  const unpriced = group.filter(hold => !hold.value).length;

  const details = h('details', { class: 'reason' },
    h('summary', {},
      h('span', { class: 'reason-title' }, title),
      h('span', { class: 'reason-figures' },
        h('span', {}, plural(group.length, 'item', 'items')),
        held !== 0 && h('span', {}, `${hours(held)} h`),
        ...valuesOf(group).map(value => h('strong', {}, value)),
        unpriced > 0 && h('span', {}, `${plural(unpriced, 'item', 'items')} without a price`)),
      actions.size === 1 && h('span', { class: 'action' }, h('span', { class: 'action-label' }, 'To release: '), action)));

  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(items(group, actions.size > 1));
  });
  return details;
}

function items(group: Hold[], withAction: boolean): HTMLElement {
  return table<Hold>({
    caption: `Held: ${group[0]!.title}`,
    sorted: { column: 'Client', descending: false },
    rows: group,
    columns: [
      { title: 'Client', header: true, sort: row => row.clientName, cell: row => h('span', { class: 'name', dir: 'auto' }, row.clientName) },
      { title: 'Date', optional: true, sort: row => row.date ?? '', cell: row => row.date ? h('span', { class: 'date-cell' }, day(row.date)) : '–' },
      { title: 'What is held', cell: row => h('span', { class: 'detail', dir: 'auto' }, row.detail) },
      ...(withAction ? [{ title: 'To release', cell: (row: Hold) => row.action }] : []),
      { title: 'Hours', numeric: true, optional: true, sort: row => row.hours ?? 0, cell: row => row.hours === null ? '–' : hours(row.hours) },
      {
        title: 'Value', numeric: true, sort: row => [row.value?.currency ?? '', row.value?.value ?? 0],
        cell: row => row.value ? money(row.value.value, row.value.currency) : 'No price yet',
      },
    ],
  });
}

export function valuesOf(holds: Hold[]): string[] {
  return sumByCurrency(holds.flatMap(hold => hold.value ?? []), value => value.value)
    .map(([currency, value]) => money(value, currency));
}
