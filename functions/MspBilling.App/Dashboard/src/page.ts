// The parts of the page, in the order in which an owner asks: how much, from whom, what is stuck, which invoices, how it ran.
import type { Hold, Invoice, Leakage, Receivables, Revenue, Run } from './api';
import { card, emptyNotice, show, type Answer } from './card';
import { ageing } from './charts/ageing';
import { sweepCharts } from './charts/chart';
import { dispositions } from './charts/dispositions';
import { revenueByClient } from './charts/revenueByClient';
import { revenueByService } from './charts/revenueByService';
import { fill, h } from './dom';
import { day, month } from './format';
import { runDetails } from './run';
import { ageingFigures, clientFigures, dispositionFigures, serviceFigures } from './tables/figures';
import { heldByReason } from './tables/holds';
import { invoicesTable } from './tables/invoices';
import { asTable } from './tables/table';
import { billed, heldValue, invoiceCount, outstanding, showTile, tile } from './tiles';

export interface Answers {
  run: Answer<Run>;
  revenue: Answer<Revenue>;
  before: Answer<Revenue | null>;
  receivables: Answer<Receivables>;
  leakage: Answer<Leakage>;
  holds: Answer<Hold[]>;
  invoices: Answer<Invoice[]>;
}

export interface View { period: string; client: string | null; asOf: string; answers: Answers }

export interface Actions {
  retry: (part: keyof Answers) => void;
  chooseClient: (id: string) => void;
  openInvoice: (number: string) => void;
  chooseAsOf: (date: string) => void;
}

export interface Page { element: HTMLElement; draw: (view: View, changed: readonly (keyof Answers)[]) => void }

export function buildPage(actions: Actions): Page {
  const tiles = {
    billed: tile('billed', 'Billed', 'The net of all invoices of this period, before tax, one figure per currency. The change compares it with the period before.'),
    invoices: tile('invoice-count', 'Invoices', 'The invoices made for this period. An invoice is stuck when the accounting system has not confirmed it yet.'),
    held: tile('held-value', 'Held', 'Work and usage that was captured but is on no invoice, because something is missing. The value is what it would bill at today\'s prices.'),
    outstanding: tile('outstanding', 'Outstanding', 'What clients still owe on issued invoices, tax included, on the date shown.'),
  };
  const byClient = card('by-client', 'Revenue by client', 'The net of each client\'s invoices of this period, split by service. One chart per currency. Choose a bar to see one client.');
  const byService = card('by-service', 'Revenue by service', 'The net of this period by the service it was billed for, with its share of the currency\'s whole.');
  const went = card('dispositions', 'Where captured value went', 'Everything captured is billed, covered by a fixed fee or retainer, non-billable, held or written off. What is held is what leaks unless someone acts.');
  const aged = card('ageing', 'Receivables by age', 'Open invoice balances, tax included, by the days since they fell due on the date shown.');
  const held = card('held', 'Held items', 'Captured items that are waiting, by reason, with what releases them. What is released after the period was invoiced waits as late, until it is billed by hand or written off.');
  const list = card('invoices', 'Invoices', 'Every invoice of this period. Open is what the client still owes on it. Accounting says whether the accounting system has confirmed it.');
  const run = card('run', 'Billing run', 'The run that closed this period, for all clients, and the time each room of the pipeline took; what runs side by side adds up, so the rooms together can be longer than the run. A client is quarantined when its data cannot be billed; the others go on.');
  const asOf = h('input', { type: 'date', id: 'as-of', class: 'date', required: true });
  asOf.addEventListener('change', () => {
    if (asOf.value) actions.chooseAsOf(asOf.value);
  });
  fill(aged.note, h('label', { for: 'as-of' }, 'As of '), asOf);

  const element = h('div', {},
    h('div', { class: 'tiles' }, tiles.billed.element, tiles.invoices.element, tiles.held.element, tiles.outstanding.element),
    h('div', { class: 'grid' },
      byClient.element, byService.element, went.element, aged.element, held.element, list.element, run.element));

  function draw(view: View, changed: readonly (keyof Answers)[]): void {
    const { client, answers } = view;
    const has = (...parts: (keyof Answers)[]) => parts.some(part => changed.includes(part));
    const ours = <T extends { clientId: string }>(rows: T[]) => client ? rows.filter(row => row.clientId === client) : rows;
    const retry = (part: keyof Answers) => () => actions.retry(part);

    if (has('revenue', 'before'))
      showTile(tiles.billed, answers.revenue, retry('revenue'), value => billed(value, valueOf(answers.before), client));
    if (has('invoices', 'run'))
      showTile(tiles.invoices, answers.invoices, retry('invoices'), value => invoiceCount(ours(value), client ? null : valueOf(answers.run)));
    if (has('holds')) showTile(tiles.held, answers.holds, retry('holds'), value => heldValue(ours(value)));
    if (has('receivables')) showTile(tiles.outstanding, answers.receivables, retry('receivables'), value => outstanding(value, client));

    if (has('revenue')) {
      show(byClient.body, answers.revenue, retry('revenue'), value => fill(byClient.body, ...ours(value.byClientAndService).length === 0
        ? [emptyNotice('No revenue in this period yet.')]
        : [revenueByClient(value, client, actions.chooseClient), asTable('revenue by client', () => clientFigures(value, client))]));
      show(byService.body, answers.revenue, retry('revenue'), value => fill(byService.body, ...ours(value.byClientAndService).length === 0
        ? [emptyNotice('No revenue in this period yet.')]
        : [revenueByService(value, client), asTable('revenue by service', () => serviceFigures(value, client))]));
    }

    if (has('leakage')) {
      went.note.textContent = client ? 'All clients: this figure is not kept per client' : '';
      show(went.body, answers.leakage, retry('leakage'), value => fill(went.body, ...value.byDisposition.length === 0
        ? [emptyNotice('Nothing was captured for this period.')]
        : [dispositions(value), dispositionFigures(value)]));
    }

    asOf.value = view.asOf;
    if (has('receivables'))
      show(aged.body, answers.receivables, retry('receivables'), value => {
        const rows = ours(value.rows).filter(row => row.total !== 0);
        fill(aged.body, ...rows.length === 0
          ? [emptyNotice(`Nothing was open on ${day(value.asOf)}.`)]
          : [ageing(value, rows), asTable('receivables by age', () => ageingFigures(value, rows))]);
      });

    if (has('holds'))
      show(held.body, answers.holds, retry('holds'), value => fill(held.body, ours(value).length === 0
        ? emptyNotice('Nothing is held. Everything captured has been decided.')
        : heldByReason(ours(value))));

    if (has('invoices'))
      show(list.body, answers.invoices, retry('invoices'), value => fill(list.body, ours(value).length === 0
        ? emptyNotice('No invoices in this period yet.')
        : invoicesTable(ours(value), month(view.period), actions.openInvoice)));

    if (has('run')) show(run.body, answers.run, retry('run'), value => fill(run.body, runDetails(value)));
    sweepCharts();
  }

  return { element, draw };
}

function valueOf<T>(answer: Answer<T>): T | null {
  return answer.state === 'ready' ? answer.value : null;
}
