// The tables behind the charts.
import type { Leakage, ReceivableRow, Receivables, Revenue } from '../api';
import { bucketName } from '../charts/ageing';
import { dispositionCurrencies, dispositionNames, dispositionTokens, valueIn } from '../charts/dispositions';
import { serviceTotals, type ServiceTotal } from '../charts/revenueByService';
import { swatch } from '../charts/chart';
import { h } from '../dom';
import { count, hours, money } from '../format';
import { table, type Column } from './table';

export function clientFigures(revenue: Revenue, client: string | null): HTMLElement {
  return table({
    caption: 'Revenue by client',
    sorted: { column: 'Client', descending: false },
    rows: revenue.byClient.filter(row => !client || row.clientId === client),
    columns: [
      { title: 'Client', header: true, sort: row => row.clientName, cell: row => h('span', { class: 'name', dir: 'auto' }, row.clientName) },
      { title: 'Invoices', numeric: true, optional: true, sort: row => row.invoices, cell: row => count(row.invoices) },
      { title: 'Net', numeric: true, sort: row => [row.currency, row.net], cell: row => money(row.net, row.currency) },
      { title: 'Tax', numeric: true, optional: true, sort: row => [row.currency, row.tax], cell: row => money(row.tax, row.currency) },
      { title: 'Total', numeric: true, sort: row => [row.currency, row.total], cell: row => money(row.total, row.currency) },
    ],
  });
}

export function serviceFigures(revenue: Revenue, client: string | null): HTMLElement {
  const rows = revenue.byClientAndService.filter(row => !client || row.clientId === client);
  return table<ServiceTotal & { currency: string }>({
    caption: 'Revenue by service',
    rows: revenue.currencies.flatMap(currency => serviceTotals(rows, currency).map(total => ({ ...total, currency }))),
    columns: [
      { title: 'Service', header: true, sort: row => row.service, cell: row => row.service },
      { title: 'Net', numeric: true, sort: row => [row.currency, row.net], cell: row => money(row.net, row.currency) },
    ],
  });
}

export function dispositionFigures(leakage: Leakage): HTMLElement {
  return table<Leakage['byDisposition'][number]>({
    caption: 'Where captured value went',
    rows: leakage.byDisposition,
    columns: [
      {
        title: 'Became', header: true,
        cell: row => h('span', { class: 'keyed' }, swatch(`var(--${dispositionTokens[row.disposition]})`), dispositionNames[row.disposition]),
      },
      { title: 'Activities', numeric: true, spare: true, cell: row => count(row.activities) },
      { title: 'Hours', numeric: true, optional: true, cell: row => hours(row.hours) },
      ...dispositionCurrencies(leakage).map((currency): Column<Leakage['byDisposition'][number]> => (
        { title: currency, numeric: true, cell: row => money(valueIn(row, currency), currency) })),
    ],
  });
}

export function ageingFigures(receivables: Receivables, rows: ReceivableRow[]): HTMLElement {
  return table<ReceivableRow>({
    caption: 'Receivables by client and age',
    sorted: { column: 'Client', descending: false },
    rows,
    columns: [
      { title: 'Client', header: true, sort: row => row.clientName, cell: row => h('span', { class: 'name', dir: 'auto' }, row.clientName) },
      ...receivables.buckets.map((bucket, index): Column<ReceivableRow> => ({
        title: bucketName(bucket), numeric: true, optional: true,
        sort: row => [row.currency, row.amounts[index] ?? 0], cell: row => money(row.amounts[index] ?? 0, row.currency),
      })),
      { title: 'Open', numeric: true, sort: row => [row.currency, row.total], cell: row => money(row.total, row.currency) },
    ],
  });
}
