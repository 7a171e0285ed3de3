import { BarChart, PieChart, type BarSeriesOption, type PieSeriesOption } from 'echarts/charts';
import {
  AriaComponent, GridComponent, TooltipComponent,
  type AriaComponentOption, type GridComponentOption, type TooltipComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { h } from '../dom';
import { readInk, type Ink } from './ink';

use([BarChart, PieChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

export type ChartOption = ComposeOption<
  BarSeriesOption | PieSeriesOption | GridComponentOption | TooltipComponentOption | AriaComponentOption>;
export type { BarSeriesOption };

export interface Drawing {
  /** What a reader who cannot see the chart is told. */
  description: string;
  height: number;
  option: (ink: Ink, width: number) => ChartOption;
  chosen?: (dataIndex: number) => void;
}

interface Mounted { chart: ECharts; host: HTMLElement; drawing: Drawing; width: number }

const mounted = new Map<HTMLElement, Mounted>();
let waiting: { host: HTMLElement; drawing: Drawing }[] = [];
let paints: { ink: Ink; font: string } | null = null;
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
const watcher = new ResizeObserver(entries => {
  for (const entry of entries) {
    const one = mounted.get(entry.target as HTMLElement);
    const width = Math.floor(entry.contentRect.width);
    if (one && one.width !== width && width > 0) paint(one, width);
  }
});

/** An element with the chart in it; the chart follows the element's width and the theme. */
export function chart(drawing: Drawing): HTMLElement {
  const host = h('div', { class: 'chart', role: 'img', 'aria-label': drawing.description });
  host.style.height = `${drawing.height}px`;
  if (waiting.length === 0) requestAnimationFrame(mountWaiting);
  waiting.push({ host, drawing });
  return host;
}

/** All widths are read before anything is drawn, so that the browser lays the page out once and not once per chart. */
function mountWaiting(): void {
  const ready = waiting.filter(one => one.host.isConnected).map(one => ({ ...one, width: one.host.clientWidth }));
  waiting = [];
  for (const { host, drawing, width } of ready) {
    const one = { chart: init(host, null, { renderer: 'svg', width, height: drawing.height }), host, drawing, width: 0 };
    mounted.set(host, one);
    paint(one, width);
    watcher.observe(host);
    if (drawing.chosen) one.chart.on('click', event => drawing.chosen?.(event.dataIndex));
  }
}

/** Frees the charts that are no longer on the page. */
export function sweepCharts(): void {
  for (const one of [...mounted.values()].filter(each => !each.host.isConnected)) {
    watcher.unobserve(one.host);
    one.chart.dispose();
    mounted.delete(one.host);
  }
}

export function repaintCharts(): void {
  sweepCharts();
  paints = null;
  for (const one of mounted.values()) paint(one, one.width);
}

function paint(one: Mounted, width: number): void {
  if (one.width !== width) one.chart.resize({ width, height: one.drawing.height });
  one.width = width;
  const { ink, font } = paints ??= { ink: readInk(), font: getComputedStyle(document.body).fontFamily };
  one.chart.setOption({
    animation: !reducedMotion.matches,
    animationDuration: 350,
    textStyle: { fontFamily: font, color: ink.text },
    aria: { enabled: true, label: { description: one.drawing.description } },
    ...one.drawing.option(ink, width),
  }, { notMerge: true });
}

export interface TooltipRow { color?: string; name: string; value: string }

/** A tooltip made of elements, so that names are text and never markup. */
export function tooltip(title: string, rows: TooltipRow[], total?: string): HTMLElement {
  return h('div', { class: 'tip' },
    h('p', { class: 'tip-title' }, title),
    ...rows.map(row => h('p', { class: 'tip-row' }, swatch(row.color), h('span', {}, row.name), h('b', {}, row.value))),
    total ? h('p', { class: 'tip-row tip-total' }, h('span', {}, 'Total'), h('b', {}, total)) : null);
}

export const tooltipFrame = {
  renderMode: 'html',
  appendTo: '#content',
  className: 'tip-frame',
  confine: true,
  borderWidth: 0,
  padding: 0,
  backgroundColor: 'transparent',
  extraCssText: 'box-shadow:none',
  transitionDuration: 0.1,
} as const;

export function swatch(color: string | undefined): HTMLElement | null {
  if (!color) return null;
  const element = h('span', { class: 'swatch' });
  element.style.backgroundColor = color;
  return element;
}

export function legend(entries: { name: string; token: string }[]): HTMLElement {
  return h('ul', { class: 'legend' }, ...entries.map(entry => h('li', {}, swatch(`var(--${entry.token})`), entry.name)));
}

/** A chart per currency, each under the code of its currency. */
export function perCurrency(currencies: string[], draw: (currency: string) => Node | null): HTMLElement[] {
  return currencies.flatMap(currency => {
    const drawn = draw(currency);
    return drawn ? [h('div', { class: 'by-currency' }, h('h3', {}, currency), drawn)] : [];
  });
}
