import type { Run } from './api';
import { emptyNotice, pill } from './card';
import { h } from './dom';
import { count, day, duration, moment, money, plural } from './format';
import { table } from './tables/table';

/** One sentence under the page's heading. */
export function runSummary(run: Run): (Node | string)[] {
  const text = {
    finished: `${plural(run.invoices, 'invoice', 'invoices')} for ${plural(run.clients, 'client', 'clients')}` +
      ` from ${plural(run.captured.activities, 'captured activity', 'captured activities')}` +
      (run.startedAt && run.finishedAt ? `, closed in ${duration(elapsed(run.startedAt, run.finishedAt))}` : ''),
    running: `${count(run.clientsDone)} of ${plural(run.clients, 'client', 'clients')} billed so far`,
    awaitsApproval: `${plural(run.invoices, 'invoice', 'invoices')} issued, and drafts of ${plural(run.waiting.length, 'client', 'clients')} wait for approval`,
    failed: 'The billing run stopped before it was done: close the period again, nothing is billed twice',
    notStarted: 'This period has not been closed yet',
  }[run.state];
  return [pill(run.state), h('span', {}, text)];
}

export function runDetails(run: Run): HTMLElement {
  const facts: [string, string][] = [
    ['Started', run.startedAt ? moment(run.startedAt) : '–'],
    ['Finished', run.finishedAt ? moment(run.finishedAt) : '–'],
    ['Invoice date', run.invoiceDate ? day(run.invoiceDate) : '–'],
    ['Clients done', `${count(run.clientsDone)} of ${count(run.clients)}`],
    ['Activities captured', count(run.captured.activities)],
  ];
  return h('div', {},
    h('dl', { class: 'facts' }, h('div', {}, h('dt', {}, 'State'), h('dd', {}, pill(run.state))),
      ...facts.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value)))),
    run.quarantined.length > 0 && quarantined(run),
    run.waiting.length > 0 && waiting(run),
    run.rooms.length > 0 ? rooms(run) : emptyNotice('No timings yet: they appear when the run has begun.'));
}

function quarantined(run: Run): HTMLElement {
  return h('div', { class: 'quarantine' },
    h('h3', {}, `${plural(run.quarantined.length, 'client was', 'clients were')} not billed`),
    h('ul', {}, ...run.quarantined.map(one =>
      h('li', {}, h('strong', { dir: 'auto' }, one.clientName), h('span', {}, one.reason)))));
}

function waiting(run: Run): HTMLElement {
  return h('div', { class: 'quarantine' },
    h('h3', {}, `Drafts of ${plural(run.waiting.length, 'client', 'clients')} wait for approval`),
    h('ul', {}, ...run.waiting.map(one =>
      h('li', {}, h('strong', { dir: 'auto' }, one.clientName),
        h('span', {}, ...one.invoices.flatMap(draft => [h('a', { href: draft.pdf }, money(draft.total, draft.currency)), ' ']), one.because.join(' '))))));
}

function rooms(run: Run): HTMLElement {
  const longest = Math.max(...run.rooms.map(room => room.milliseconds), 1);
  return table<Run['rooms'][number]>({
    caption: 'Time spent in each room of the pipeline',
    rows: run.rooms,
    columns: [
      { title: 'Room', header: true, cell: row => row.room },
      {
        title: 'Share', cell: row => {
          const bar = h('span', { class: 'meter', 'aria-hidden': 'true' });
          bar.style.inlineSize = `${row.milliseconds / longest * 100}%`;
          return h('span', { class: 'meter-track' }, bar);
        },
      },
      { title: 'Time', numeric: true, cell: row => duration(row.milliseconds) },
    ],
  });
}

function elapsed(from: string, to: string): number {
  return new Date(to).getTime() - new Date(from).getTime();
}
