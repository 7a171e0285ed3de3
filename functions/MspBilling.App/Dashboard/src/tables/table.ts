import { fill, h } from '../dom';
import { count } from '../format';

type SortKey = string | number | [currency: string, amount: number];

export interface Column<T> {
  title: string;
  cell: (row: T) => Node | string;
  /** Names the row, for readers that announce row and column. */
  header?: boolean;
  numeric?: boolean;
  /** Left out where the page is narrow. */
  optional?: boolean;
  /** Left out on a phone. */
  spare?: boolean;
  /** Amounts sort by currency first: a larger number of another currency is not more. */
  sort?: (row: T) => SortKey;
}

export interface TableOptions<T> {
  caption: string;
  columns: Column<T>[];
  rows: T[];
  sorted?: { column: string; descending: boolean };
  foot?: Node[];
  /** Rows drawn before the reader asks for all of them. */
  limit?: number;
}

export function table<T>(options: TableOptions<T>): HTMLElement {
  const { columns } = options;
  const body = h('tbody');
  const more = h('div', { class: 'more' });
  let sorted = options.sorted;
  let limit = options.limit ?? 100;

  const headers = columns.map(column => {
    const header = h('th', { scope: 'col', class: classOf(column) });
    header.append(column.sort
      ? h('button', { type: 'button', class: 'sort', onclick: () => sortBy(column.title) }, column.title)
      : column.title);
    return header;
  });

  function sortBy(title: string): void {
    sorted = { column: title, descending: sorted?.column === title ? !sorted.descending : false };
    draw();
  }

  function draw(): void {
    const by = columns.find(column => column.title === sorted?.column)?.sort;
    const rows = by ? [...options.rows].sort((a, b) => compare(by(a), by(b)) * (sorted?.descending ? -1 : 1)) : options.rows;
    columns.forEach((column, index) => {
      if (!column.sort) return;
      if (column.title === sorted?.column) headers[index]!.setAttribute('aria-sort', sorted.descending ? 'descending' : 'ascending');
      else headers[index]!.removeAttribute('aria-sort');
    });
    fill(body, ...rows.slice(0, limit).map(row => h('tr', {}, ...columns.map(column =>
      column.header
        ? h('th', { scope: 'row', class: classOf(column) }, column.cell(row))
        : h('td', { class: classOf(column) }, column.cell(row))))));
    fill(more, rows.length > limit && h('button', {
      type: 'button', class: 'button', onclick: () => {
        limit = Infinity;
        draw();
      },
    }, `Show all ${count(rows.length)}`));
  }

  draw();
  return h('div', {},
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': options.caption },
      h('table', {},
        h('caption', { class: 'sr-only' }, options.caption),
        h('thead', {}, h('tr', {}, ...headers)),
        body,
        options.foot && h('tfoot', {}, ...options.foot))),
    more);
}

/** The figures of a chart as a table, drawn when it is opened. */
export function asTable(subject: string, build: () => HTMLElement): HTMLElement {
  const details = h('details', { class: 'as-table' }, h('summary', {}, 'Show as a table', h('span', { class: 'sr-only' }, `: ${subject}`)));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(build());
  });
  return details;
}

function classOf<T>(column: Column<T>): string | null {
  return [column.numeric && 'number', column.optional && 'optional', column.spare && 'spare'].filter(Boolean).join(' ') || null;
}

function compare(a: SortKey, b: SortKey): number {
  if (Array.isArray(a) && Array.isArray(b)) return a[0].localeCompare(b[0]) || a[1] - b[1];
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}
