import '@fontsource-variable/inter/wght.css';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/parts.css';
import { readAddress, writeAddress, type Address } from './address';
import { api, Problem } from './api';
import { emptyNotice, loading, problemNotice, skeleton, type Answer } from './card';
import { repaintCharts } from './charts/chart';
import { defaultAsOf, fillClients, fillPeriods } from './controls';
import { byId, fill, h } from './dom';
import { month } from './format';
import { InvoiceDrawer } from './invoiceDrawer';
import { buildPage, type Answers } from './page';
import { runSummary } from './run';
import { startTheme } from './theme';

const all = ['run', 'revenue', 'before', 'receivables', 'leakage', 'holds', 'invoices'] as const satisfies (keyof Answers)[];
const pollEvery = 2000;

const periodSelect = byId<HTMLSelectElement>('period');
const clientSelect = byId<HTMLSelectElement>('client');
const heading = byId('heading');
const subtitle = byId('subtitle');
const place = byId('page');
const announce = byId('announce');

let periods: string[] = [];
let shown: Address = { period: null, client: null, invoice: null, asOf: null };
let answers = waiting();
let reading = new AbortController();
let polling = 0;
let msp = '';

const drawer = new InvoiceDrawer(byId<HTMLDialogElement>('drawer'), () => go({ invoice: null }, 'push'));
const page = buildPage({
  retry: part => load(part),
  chooseClient: client => go({ client }, 'push'),
  openInvoice: invoice => go({ invoice }, 'push'),
  chooseAsOf: asOf => go({ asOf }, 'replace'),
});

startTheme(byId<HTMLButtonElement>('theme'), repaintCharts);
periodSelect.addEventListener('change', () => go({ period: periodSelect.value, asOf: null }, 'push'));
clientSelect.addEventListener('change', () => go({ client: clientSelect.value || null }, 'push'));
addEventListener('popstate', () => apply(readAddress()));
void start();

async function start(): Promise<void> {
  const { signal } = new AbortController();
  void api.health(signal).then(health => {
    msp = health.msp;
    byId('msp').textContent = msp;
    nameWindow();
  }, () => undefined);

  fill(place, h('div', { class: 'card', 'aria-busy': 'true' }, skeleton()));
  try {
    periods = (await api.periods(signal)).periods;
  } catch (error) {
    fill(place, h('div', { class: 'card' }, problemNotice(asProblem(error), () => void start())));
    return;
  }

  const address = readAddress();
  const period = address.period ?? periods[0];
  if (!period) {
    heading.textContent = 'Welcome';
    fill(place, h('div', { class: 'card' }, emptyNotice('No period has been closed yet. Close a month, then reload this page to see what it billed.')));
    return;
  }

  fill(place, page.element);
  writeAddress({ ...address, period }, 'replace');
  apply({ ...address, period });
}

function nameWindow(): void {
  document.title = [shown.period && month(shown.period), 'Billing', msp].filter(Boolean).join(' – ');
}

function go(change: Partial<Address>, how: 'push' | 'replace'): void {
  const next = { ...readAddress(), ...change };
  writeAddress(next, how);
  apply(next);
}

/** Brings the page to an address: reads again only what the change of address asks for. */
function apply(address: Address): void {
  const period = address.period ?? periods[0];
  if (!period) return;
  const before = shown;
  shown = { ...address, period };

  if (period !== before.period) {
    reading.abort();
    reading = new AbortController();
    answers = waiting();
    heading.textContent = month(period);
    nameWindow();
    fill(subtitle);
    fillPeriods(periodSelect, periods, period);
    all.forEach(load);
  } else {
    if (address.client !== before.client) {
      fillClients(clientSelect, answers, shown.client);
      draw(all);
      announce.textContent = `Showing ${clientSelect.selectedOptions[0]?.textContent ?? 'all clients'}`;
    }
    if (address.asOf !== before.asOf) load('receivables');
  }

  if (address.invoice !== before.invoice) void drawer.show(address.invoice);
}

function load(part: keyof Answers): void {
  const period = shown.period!;
  const { signal } = reading;
  switch (part) {
    case 'run': return read('run', api.run(period, signal), signal);
    case 'revenue': return read('revenue', api.revenue(period, signal), signal);
    case 'before': {
      // A month is compared with a month, and a longer period with one like it.
      const earlier = periods.slice(periods.indexOf(period) + 1).find(other => other.includes('..') === period.includes('..'));
      return read('before', earlier && periods.includes(period) ? api.revenue(earlier, signal) : Promise.resolve(null), signal);
    }
    case 'receivables': return read('receivables', api.receivables(asOf(), signal), signal);
    case 'leakage': return read('leakage', api.leakage(period, signal), signal);
    case 'holds': return read('holds', api.holds(period, signal).then(answer => answer.holds), signal);
    case 'invoices': return read('invoices', api.invoices(period, signal).then(answer => answer.invoices), signal);
  }
}

function read<K extends keyof Answers>(part: K, promise: Promise<Ready<Answers[K]>>, signal: AbortSignal): void {
  settle(part, loading as Answers[K]);
  promise.then(
    value => signal.aborted || settle(part, { state: 'ready', value } as Answers[K]),
    (error: unknown) => signal.aborted || settle(part, { state: 'failed', problem: asProblem(error) } as Answers[K]));
}

function settle<K extends keyof Answers>(part: K, answer: Answers[K]): void {
  answers[part] = answer;
  draw([part]);
  if (answer.state === 'ready' && part !== 'before') fillClients(clientSelect, answers, shown.client);
  if (part === 'run' && answers.run.state === 'ready') {
    fill(subtitle, ...runSummary(answers.run.value));
    if (answers.run.value.state === 'running') follow(reading.signal);
  }
}

/** While a run goes on, its state is read again; when it ends, so is everything else. */
function follow(signal: AbortSignal): void {
  clearTimeout(polling);
  polling = window.setTimeout(async () => {
    if (signal.aborted) return;
    try {
      const run = await api.run(shown.period!, signal);
      settle('run', { state: 'ready', value: run });
      if (run.state !== 'running') all.filter(part => part !== 'run').forEach(load);
    } catch {
      if (!signal.aborted) follow(signal);
    }
  }, pollEvery);
}

function draw(changed: readonly (keyof Answers)[]): void {
  page.draw({ period: shown.period!, client: shown.client, asOf: asOf(), answers }, changed);
}

function asOf(): string {
  return shown.asOf ?? defaultAsOf(shown.period!, new Date());
}

function waiting(): Answers {
  return { run: loading, revenue: loading, before: loading, receivables: loading, leakage: loading, holds: loading, invoices: loading };
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  console.error(error);
  return new Problem('The page could not show this', 'Reload the page; if it stays, the browser\'s console says more.', 0);
}

type Ready<A> = A extends Answer<infer T> ? T : never;
