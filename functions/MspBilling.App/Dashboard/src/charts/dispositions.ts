import type { Disposition, Leakage } from '../api';
import { h } from '../dom';
import { money, moneyShort, percent } from '../format';
import { sum } from '../sums';
import { chart, perCurrency, tooltip, tooltipFrame } from './chart';

export const dispositionNames: Record<Disposition, string> = {
  billed: 'Billed', covered: 'Covered', nonBillable: 'Non-billable', held: 'Held', writtenOff: 'Written off',
};

export const dispositionTokens: Record<Disposition, string> = {
  billed: 'series-1', covered: 'series-2', nonBillable: 'series-8', held: 'series-3', writtenOff: 'series-5',
};

export function dispositionCurrencies(leakage: Leakage): string[] {
  return [...new Set(leakage.byDisposition.flatMap(row => row.values.map(value => value.currency)))].sort();
}

export function valueIn(row: Leakage['byDisposition'][number], currency: string): number {
  return sum(row.values.filter(value => value.currency === currency).map(value => value.value));
}

/** One ring per currency: the whole is what was captured, each part what became of it. */
export function dispositions(leakage: Leakage): HTMLElement {
  return h('div', { class: 'rings' }, ...perCurrency(dispositionCurrencies(leakage), currency => ring(leakage, currency)));
}

function ring(leakage: Leakage, currency: string): HTMLElement | null {
  const parts = leakage.byDisposition
    .map(row => ({ disposition: row.disposition, value: valueIn(row, currency) }))
    .filter(part => part.value > 0);
  const whole = sum(parts.map(part => part.value));
  if (whole === 0) return null;

  const drawing = chart({
    height: 176,
    description: `Where the value captured in ${currency} went: ` +
      `${parts.map(part => `${dispositionNames[part.disposition]} ${money(part.value, currency)}, ${percent(part.value / whole)}`).join('; ')}.`,
    option: ink => ({
      tooltip: {
        ...tooltipFrame,
        trigger: 'item',
        formatter: parameters => {
          const part = parts[(Array.isArray(parameters) ? parameters[0] : parameters)?.dataIndex ?? 0]!;
          return tooltip(dispositionNames[part.disposition], [{
            color: ink.dispositions[part.disposition]!, name: percent(part.value / whole), value: money(part.value, currency),
          }]);
        },
      },
      series: [{
        type: 'pie',
        radius: ['68%', '96%'],
        label: { show: false },
        labelLine: { show: false },
        emphasis: { scale: false },
        itemStyle: { borderColor: ink.surface, borderWidth: 2 },
        data: parts.map(part => ({
          name: dispositionNames[part.disposition],
          value: part.value,
          itemStyle: { color: ink.dispositions[part.disposition]! },
        })),
      }],
    }),
  });
  return h('div', { class: 'ring' }, drawing,
    h('div', { class: 'ring-centre' }, h('b', {}, moneyShort(whole, currency)), h('span', {}, 'captured')));
}
