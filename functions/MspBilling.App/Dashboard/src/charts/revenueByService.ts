import type { Revenue } from '../api';
import { h } from '../dom';
import { money, moneyShort, percent } from '../format';
import { groupBy, sum } from '../sums';
import { chart, perCurrency, tooltip, tooltipFrame } from './chart';
import { rankServices, serviceSeries } from './services';

const rowHeight = 44;

export function revenueByService(revenue: Revenue, client: string | null): HTMLElement {
  const rows = revenue.byClientAndService.filter(row => !client || row.clientId === client);
  const ranked = rankServices(revenue);
  const currencies = revenue.currencies.filter(currency => rows.some(row => row.currency === currency));
  return h('div', { class: 'currencies stacked' },
    ...perCurrency(currencies, currency => oneCurrency(serviceTotals(rows, currency), currency, ranked)));
}

export interface ServiceTotal { service: string; net: number }

export function serviceTotals(rows: { service: string; currency: string; net: number }[], currency: string): ServiceTotal[] {
  return [...groupBy(rows.filter(row => row.currency === currency), row => row.service)]
    .map(([service, own]) => ({ service, net: sum(own.map(row => row.net)) }))
    .sort((a, b) => b.net - a.net);
}

function oneCurrency(totals: ServiceTotal[], currency: string, ranked: string[]): HTMLElement {
  const whole = sum(totals.map(row => row.net));
  const share = (row: ServiceTotal) => whole > 0 ? percent(row.net / whole) : '';

  return chart({
    height: totals.length * rowHeight + 4,
    description: `Revenue by service in ${currency}, largest first: ${totals.map(row => `${row.service} ${money(row.net, currency)}`).join('; ')}.`,
    option: ink => ({
      grid: { left: 0, right: 62, top: 6, bottom: 0, outerBoundsMode: 'none' },
      xAxis: { type: 'value', show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: totals.map((_, index) => String(index)),
        axisLine: { show: false },
        axisTick: { show: false },
        // The name stands above its bar: service names are long and the card is narrow.
        axisLabel: {
          inside: true, margin: 0, verticalAlign: 'bottom', padding: [0, 0, 9, 0], color: ink.text, fontSize: 12,
          formatter: (index: string) => `${totals[Number(index)]!.service}  ${share(totals[Number(index)]!)}`,
        },
        z: 3,
      },
      tooltip: {
        ...tooltipFrame,
        trigger: 'item',
        formatter: parameters => {
          const row = totals[(Array.isArray(parameters) ? parameters[0] : parameters)?.dataIndex ?? 0]!;
          return tooltip(row.service, [{ name: share(row), value: money(row.net, currency) }]);
        },
      },
      series: [{
        type: 'bar',
        barWidth: 8,
        barCategoryGap: 0,
        showBackground: true,
        backgroundStyle: { color: ink.line, opacity: 0.5, borderRadius: 4 },
        emphasis: { disabled: true },
        data: totals.map(row => ({
          value: row.net,
          itemStyle: { color: ink.series[serviceSeries(ranked.indexOf(row.service))]!, borderRadius: 4 },
        })),
        label: {
          show: true, position: 'right', color: ink.text, fontSize: 12, fontWeight: 500,
          formatter: ({ dataIndex }) => moneyShort(totals[dataIndex]!.net, currency),
        },
      }],
    }),
  });
}
