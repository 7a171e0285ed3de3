import type { Answers } from './page';
import { fill, h } from './dom';
import { month } from './format';

export function fillPeriods(select: HTMLSelectElement, periods: string[], chosen: string): void {
  const known = periods.includes(chosen) ? periods : [chosen, ...periods];
  fill(select, ...known.map(period => h('option', { value: period, selected: period === chosen }, month(period))));
  select.disabled = false;
}

/** Every client that any of the figures names: billed, held, owing or quarantined. */
export function fillClients(select: HTMLSelectElement, answers: Answers, chosen: string | null): void {
  const names = new Map<string, string>();
  if (answers.revenue.state === 'ready') for (const row of answers.revenue.value.byClient) names.set(row.clientId, row.clientName);
  if (answers.holds.state === 'ready') for (const row of answers.holds.value) names.set(row.clientId, row.clientName);
  if (answers.receivables.state === 'ready') for (const row of answers.receivables.value.rows) names.set(row.clientId, row.clientName);
  if (answers.run.state === 'ready') for (const row of answers.run.value.quarantined) names.set(row.clientId, row.clientName);
  if (chosen && !names.has(chosen)) names.set(chosen, chosen);

  const sorted = [...names].sort(([, a], [, b]) => a.localeCompare(b));
  fill(select,
    h('option', { value: '', selected: !chosen }, 'All clients'),
    ...sorted.map(([id, name]) => h('option', { value: id, selected: id === chosen }, name)));
  select.disabled = false;
}

/** Receivables are shown at the end of the month after the period, when its invoices fall due, or today if that is earlier. */
export function defaultAsOf(period: string, today: Date): string {
  const after = period.split('..')[1];
  const [year, number] = (after ?? period).split('-').map(Number);
  const end = new Date(Date.UTC(year ?? 1970, (number ?? 1) + (after ? 0 : 1), 0));
  const local = new Date(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate()));
  return (end < local ? end : local).toISOString().slice(0, 10);
}
