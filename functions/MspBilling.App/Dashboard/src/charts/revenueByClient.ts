import type { ClientServiceRevenue, Revenue } from '../api';
import { h } from '../dom';
import { money, moneyShort, plural } from '../format';
import { groupBy, sum } from '../sums';
import { chart, legend, perCurrency, tooltip, tooltipFrame, type BarSeriesOption } from './chart';
import { drawnAs, rankServices, serviceSeries } from './services';

const shownClients = 15;
const rowHeight = 32;

interface Bar { id: string; name: string; total: number; rows: ClientServiceRevenue[] }

export function revenueByClient(revenue: Revenue, client: string | null, choose: (clientId: string) => void): HTMLElement {
  const rows = revenue.byClientAndService.filter(row => !client || row.clientId === client);
  const currencies = revenue.currencies.filter(currency => rows.some(row => row.currency === currency));
  const ranked = rankServices(revenue);
  const drawn = [...new Set(ranked.map(service => drawnAs(service, ranked)))];
  const present = new Set(rows.map(row => drawnAs(row.service, ranked)));

  return h('div', {},
    legend(drawn.flatMap((name, rank) => present.has(name) ? [{ name, token: `series-${serviceSeries(rank) + 1}` }] : [])),
    h('div', { class: 'currencies stacked' },
      ...perCurrency(currencies, currency => oneCurrency(rows.filter(row => row.currency === currency), currency, ranked, drawn, choose))));
}

function oneCurrency(
  rows: ClientServiceRevenue[], currency: string, ranked: string[], drawn: string[], choose: (clientId: string) => void): HTMLElement {
  const all = barsOf(rows);
  const bars = all.slice(0, shownClients);
  const rest = all.slice(shownClients);

  const drawing = chart({
    height: bars.length * rowHeight + 28,
    description: `Revenue by client in ${currency}, largest first: ${bars.map(bar => `${bar.name} ${money(bar.total, currency)}`).join('; ')}.`,
    chosen: index => {
      const bar = bars[index];
      if (bar) choose(bar.id);
    },
    option: (ink, width) => {
      const labelWidth = Math.min(230, Math.round(width * 0.36));
      const amount = (bar: Bar, name: string) =>
        sum(bar.rows.filter(row => drawnAs(row.service, ranked) === name).map(row => row.net));
      const series: BarSeriesOption[] = drawn.map((name, rank) => ({
        type: 'bar',
        name,
        stack: 'net',
        barMaxWidth: 18,
        cursor: 'pointer',
        itemStyle: { color: ink.series[serviceSeries(rank)]!, borderColor: ink.surface, borderWidth: 0.5 },
        emphasis: { disabled: true },
        data: bars.map(bar => amount(bar, name)),
      }));
      // An empty bar at the end of each stack carries the client's total.
      series.push({
        type: 'bar',
        stack: 'net',
        silent: true,
        data: bars.map(() => 0),
        label: {
          show: true, position: 'right', color: ink.text, fontSize: 12, fontWeight: 500,
          formatter: ({ dataIndex }) => moneyShort(bars[dataIndex]!.total, currency),
        },
      });
      return {
        grid: { left: labelWidth + 12, right: 64, top: 4, bottom: 24, outerBoundsMode: 'none' },
        xAxis: {
          type: 'value',
          splitNumber: width < 480 ? 2 : 4,
          axisLabel: { color: ink.muted, fontSize: 11, hideOverlap: true, formatter: (value: number) => moneyShort(value, currency) },
          splitLine: { lineStyle: { color: ink.line } },
        },
        yAxis: {
          type: 'category',
          inverse: true,
          data: bars.map((_, index) => String(index)),
          axisLine: { show: false },
          axisTick: { show: false },
          axisLabel: {
            color: ink.text, fontSize: 12, width: labelWidth, overflow: 'truncate',
            formatter: (index: string) => bars[Number(index)]!.name,
          },
        },
        tooltip: {
          ...tooltipFrame,
          trigger: 'axis',
          axisPointer: { type: 'shadow', shadowStyle: { color: ink.muted, opacity: 0.08 } },
          formatter: parameters => {
            const first = Array.isArray(parameters) ? parameters[0] : parameters;
            const bar = bars[first?.dataIndex ?? 0]!;
            const parts = drawn.flatMap((name, rank) => {
              const value = amount(bar, name);
              return value === 0 ? [] : [{ color: ink.series[serviceSeries(rank)]!, name, value: money(value, currency) }];
            });
            return tooltip(bar.name, parts, money(bar.total, currency));
          },
        },
        series,
      };
    },
  });
  if (rest.length === 0) return drawing;
  return h('div', {}, drawing, h('p', { class: 'card-note' },
    `And ${plural(rest.length, 'other client', 'other clients')} with ${money(sum(rest.map(bar => bar.total)), currency)} together`));
}

/** Largest first. A chart shows fifteen and says what the rest comes to: their sum as a bar would dwarf every client. */
function barsOf(rows: ClientServiceRevenue[]): Bar[] {
  return [...groupBy(rows, row => row.clientId)]
    .map(([id, own]): Bar => ({ id, name: own[0]!.clientName, total: sum(own.map(row => row.net)), rows: own }))
    .sort((a, b) => b.total - a.total);
}
