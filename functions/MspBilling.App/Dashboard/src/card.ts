import { Problem } from './api';
import { fill, h } from './dom';

/** What a part of the page waits for: a figure is never shown as zero because it has not arrived. */
export type Answer<T> = { state: 'loading' } | { state: 'failed'; problem: Problem } | { state: 'ready'; value: T };

export const loading: { state: 'loading' } = { state: 'loading' };

/** "What is this?": the definition of a figure, in words, one key press away. */
export function whatIsThis(subject: string, definition: string): HTMLElement {
  return h('details', { class: 'what' },
    h('summary', {}, 'What is this?', h('span', { class: 'sr-only' }, ` ${subject}`)),
    h('p', {}, definition));
}

export interface Card { element: HTMLElement; note: HTMLElement; body: HTMLElement }

export function card(id: string, title: string, definition: string): Card {
  const note = h('p', { class: 'card-note' });
  const body = h('div', { class: 'card-body' });
  const element = h('section', { class: 'card', id, 'aria-labelledby': `${id}-title` },
    h('div', { class: 'card-head' },
      h('div', {}, h('h2', { id: `${id}-title` }, title), note),
      whatIsThis(title, definition)),
    body);
  return { element, note, body };
}

/** Draws what the answer allows: a placeholder, the problem with a way to try again, or the figures. */
export function show<T>(body: HTMLElement, answer: Answer<T>, retry: () => void, draw: (value: T) => void): void {
  body.setAttribute('aria-busy', String(answer.state === 'loading'));
  if (answer.state === 'ready') draw(answer.value);
  else if (answer.state === 'failed') fill(body, problemNotice(answer.problem, retry));
  else fill(body, skeleton());
}

export function emptyNotice(text: string): HTMLElement {
  return h('p', { class: 'empty' }, text);
}

export function problemNotice(problem: Problem, retry: () => void): HTMLElement {
  return h('div', { class: 'problem', role: 'alert' },
    h('p', { class: 'problem-title' }, problem.title),
    h('p', {}, problem.detail),
    h('button', { type: 'button', class: 'button', onclick: retry }, 'Try again'));
}

export function skeleton(): HTMLElement {
  return h('div', { class: 'skeleton' },
    h('span', { class: 'sr-only' }, 'Loading'),
    h('span', { class: 'bone' }), h('span', { class: 'bone' }), h('span', { class: 'bone' }));
}

const pillTones: Record<string, string> = {
  finished: 'good', issued: 'plain', paid: 'good', confirmed: 'good',
  running: 'busy', pending: 'busy', approved: 'busy', draft: 'plain', notStarted: 'plain',
  retrying: 'warn', awaitsApproval: 'warn', failed: 'bad', voided: 'plain',
};
const pillWords: Record<string, string> = { notStarted: 'not started', awaitsApproval: 'awaits approval' };

export function pill(state: string): HTMLElement {
  return h('span', { class: `pill ${pillTones[state] ?? 'plain'}` }, pillWords[state] ?? state);
}
