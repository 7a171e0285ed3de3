import type { Revenue } from '../api';
import { h } from '../dom';
import { money, moneyShort, percent } from '../format';
import { groupBy, sum } from '../sums';
import { chart, perCurrency, tooltip, tooltipFrame } from './chart';
import { rankServices, serviceSeries } from './services';

const rowHeight = 38;

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
  // Names and amounts stand above the bars: service names are long and the card is narrow.
  const above = (position: 'left' | 'right', color: string, text: (row: ServiceTotal) => string) => ({
    type: 'category' as const,
    position,
    inverse: true,
    data: totals.map((_, index) => String(index)),
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      inside: true, margin: 0, align: position, verticalAlign: 'bottom' as const, padding: [0, 0, 13, 0], color, fontSize: 12,
      formatter: (index: string) => text(totals[Number(index)]!),
    },
    z: 3,
  });
  const share = (row: ServiceTotal) => whole > 0 ? percent(row.net / whole) : '';

  return chart({
    height: totals.length * rowHeight + 12,
    description: `Revenue by service in ${currency}, largest first: ${totals.map(row => `${row.service} ${money(row.net, currency)}`).join('; ')}.`,
    option: ink => ({
      grid: { left: 0, right: 0, top: 12, bottom: 0, outerBoundsMode: 'none' },
      xAxis: { type: 'value', show: false },
      yAxis: [above('left', ink.text, row => row.service), above('right', ink.text, row => `${moneyShort(row.net, currency)}  ${share(row)}`)],
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
      }],
    }),
  });
}
