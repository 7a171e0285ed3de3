import type { ReceivableRow, Receivables } from '../api';
import { h } from '../dom';
import { money, moneyShort } from '../format';
import { sum } from '../sums';
import { chart, perCurrency, tooltip, tooltipFrame } from './chart';

export const bucketName = (bucket: string) => bucket === 'current' ? 'Not due' : `${bucket.replace('-', '–')} days`;

export function ageing(receivables: Receivables, rows: ReceivableRow[]): HTMLElement {
  const currencies = [...new Set(rows.map(row => row.currency))].sort();
  return h('div', { class: 'currencies' },
    ...perCurrency(currencies, currency => oneCurrency(receivables.buckets, rows.filter(row => row.currency === currency), currency)));
}

function oneCurrency(buckets: string[], rows: ReceivableRow[], currency: string): HTMLElement {
  const totals = buckets.map((_, index) => sum(rows.map(row => row.amounts[index] ?? 0)));

  return chart({
    height: 280,
    description: `Receivables in ${currency} by age: ${buckets.map((bucket, index) => `${bucketName(bucket)} ${money(totals[index]!, currency)}`).join('; ')}.`,
    option: ink => ({
      grid: { left: 4, right: 4, top: 24, bottom: 24, outerBoundsMode: 'none' },
      xAxis: {
        type: 'category',
        data: buckets.map((_, index) => String(index)),
        axisLine: { lineStyle: { color: ink.line } },
        axisTick: { show: false },
        axisLabel: {
          color: ink.muted, fontSize: 11, interval: 0,
          formatter: (index: string) => bucketName(buckets[Number(index)]!).replace(' days', ''),
        },
      },
      yAxis: { type: 'value', show: false },
      tooltip: {
        ...tooltipFrame,
        trigger: 'item',
        formatter: parameters => {
          const index = (Array.isArray(parameters) ? parameters[0] : parameters)?.dataIndex ?? 0;
          const owing = rows.filter(row => (row.amounts[index] ?? 0) !== 0).sort((a, b) => b.amounts[index]! - a.amounts[index]!).slice(0, 5);
          return tooltip(bucketName(buckets[index]!),
            owing.map(row => ({ name: row.clientName, value: money(row.amounts[index]!, currency) })), money(totals[index]!, currency));
        },
      },
      series: [{
        type: 'bar',
        barWidth: '62%',
        emphasis: { disabled: true },
        data: totals.map((value, index) => ({
          value,
          itemStyle: { color: ink.ageing[Math.min(index, ink.ageing.length - 1)]!, borderRadius: [4, 4, 0, 0] },
        })),
        label: {
          show: true, position: 'top', color: ink.text, fontSize: 11, fontWeight: 500,
          formatter: ({ dataIndex }) => totals[dataIndex] ? moneyShort(totals[dataIndex]!, currency) : '',
        },
      }],
    }),
  });
}
