import type { Invoice } from '../api';
import { pill } from '../card';
import { h } from '../dom';
import { day, money, plural } from '../format';
import { groupBy, sum } from '../sums';
import { table } from './table';

export function invoicesTable(invoices: Invoice[], period: string, open: (number: string) => void): HTMLElement {
  return table<Invoice>({
    caption: `Invoices of ${period}`,
    sorted: { column: 'Invoice', descending: false },
    rows: invoices,
    columns: [
      {
        title: 'Invoice', header: true, sort: row => row.number,
        cell: row => h('button', { type: 'button', class: 'link', onclick: () => open(row.number) }, row.number),
      },
      { title: 'Client', sort: row => row.clientName, cell: row => h('span', { class: 'name', dir: 'auto' }, row.clientName) },
      { title: 'Issued', optional: true, sort: row => row.invoiceDate, cell: row => h('span', { class: 'date-cell' }, day(row.invoiceDate)) },
      { title: 'Due', optional: true, sort: row => row.dueDate, cell: row => h('span', { class: 'date-cell' }, day(row.dueDate)) },
      { title: 'Net', numeric: true, optional: true, sort: row => [row.currency, row.net], cell: row => money(row.net, row.currency) },
      { title: 'Tax', numeric: true, optional: true, sort: row => [row.currency, row.tax], cell: row => money(row.tax, row.currency) },
      { title: 'Total', numeric: true, sort: row => [row.currency, row.total], cell: row => h('strong', {}, money(row.total, row.currency)) },
      { title: 'Open', numeric: true, optional: true, sort: row => [row.currency, row.balance], cell: row => money(row.balance, row.currency) },
      { title: 'State', optional: true, sort: row => row.state, cell: row => pill(row.state) },
      { title: 'Accounting', optional: true, sort: row => row.accounting, cell: row => pill(row.accounting) },
      { title: 'PDF', spare: true, cell: row => row.pdf ? pdfLink(row) : '–' },
    ],
    foot: [...groupBy(invoices, row => row.currency)].sort(([a], [b]) => a.localeCompare(b)).map(([currency, own]) => {
      const total = (amount: (row: Invoice) => number) => money(sum(own.map(amount)), currency);
      return h('tr', {},
        h('th', { scope: 'row' }, currency),
        h('td', {}, plural(own.length, 'invoice', 'invoices')),
        h('td', { class: 'optional' }), h('td', { class: 'optional' }),
        h('td', { class: 'number optional' }, total(row => row.net)),
        h('td', { class: 'number optional' }, total(row => row.tax)),
        h('td', { class: 'number' }, total(row => row.total)),
        h('td', { class: 'number optional' }, total(row => row.balance)),
        h('td', { class: 'optional' }), h('td', { class: 'optional' }), h('td', { class: 'spare' }));
    }),
  });
}

/** Only an address on this host is linked. */
export function pdfLink(invoice: Invoice): HTMLElement | string {
  if (!invoice.pdf?.startsWith('/') || invoice.pdf.startsWith('//')) return '–';
  return h('a', { href: invoice.pdf, target: '_blank', rel: 'noopener' }, 'PDF', h('span', { class: 'sr-only' }, ` of ${invoice.number}`));
}
