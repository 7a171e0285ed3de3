import { api, Problem, type InvoiceDetail, type InvoiceLine } from './api';
import { pill, problemNotice } from './card';
import { fill, h } from './dom';
import { day, money, month, quantity, unitPrice } from './format';
import { groupBy, sum } from './sums';
import { pdfLink } from './tables/invoices';

/** The drawer shows one invoice with its lines and how each price came about. */
export class InvoiceDrawer {
  private readonly title = h('h2', { id: 'drawer-title' });
  private readonly content = h('div');
  private opened: AbortController | null = null;

  constructor(private readonly dialog: HTMLDialogElement, closed: () => void) {
    fill(dialog, h('div', { class: 'drawer-in', tabindex: 0, role: 'group', 'aria-labelledby': 'drawer-title' },
      h('div', { class: 'drawer-head' },
        this.title,
        h('button', { type: 'button', class: 'button', autofocus: true, onclick: () => dialog.close() }, 'Close')),
      this.content));
    dialog.addEventListener('close', () => {
      this.opened?.abort();
      closed();
    });
    dialog.addEventListener('click', event => {
      if (event.target === dialog) dialog.close();
    });
  }

  async show(number: string | null): Promise<void> {
    this.opened?.abort();
    if (!number) {
      if (this.dialog.open) this.dialog.close();
      return;
    }

    const opened = this.opened = new AbortController();
    this.title.textContent = `Invoice ${number}`;
    fill(this.content, h('p', { class: 'empty', role: 'status' }, 'Loading the invoice'));
    if (!this.dialog.open) this.dialog.showModal();
    try {
      const invoice = await api.invoice(number, opened.signal);
      if (!opened.signal.aborted) fill(this.content, details(invoice));
    } catch (error) {
      if (opened.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      fill(this.content, problemNotice(error, () => void this.show(number)));
    }
  }
}

function details(invoice: InvoiceDetail): HTMLElement {
  const { currency } = invoice;
  const fact = (term: string, value: Node | string) => h('div', {}, h('dt', {}, term), h('dd', {}, value));
  const total = (name: string, amount: number, className?: string) =>
    h('div', { class: className }, h('dt', {}, name), h('dd', {}, money(amount, currency)));

  return h('div', {},
    h('p', { class: 'drawer-client', dir: 'auto' }, invoice.clientName),
    h('dl', { class: 'facts' },
      fact('Period', month(invoice.period)),
      fact('Issued', day(invoice.invoiceDate)),
      fact('Due', day(invoice.dueDate)),
      fact('State', pill(invoice.state)),
      fact('Accounting', pill(invoice.accounting)),
      fact('Document', pdfLink(invoice))),
    ...[...groupBy(invoice.lines, line => line.group ?? '')].map(([group, lines]) => groupOfLines(group, lines, currency)),
    h('dl', { class: 'totals' },
      total('Net', invoice.net),
      ...invoice.taxes.map(tax => total(`${tax.name} ${quantity(tax.percent)} % on ${money(tax.base, currency)}`, tax.tax)),
      total('Total', invoice.total, 'grand'),
      total('Open', invoice.balance)));
}

function groupOfLines(group: string, lines: InvoiceLine[], currency: string): HTMLElement {
  return h('section', { class: 'lines' },
    h('div', { class: 'lines-head' }, h('h3', {}, group || 'Lines'), h('span', {}, money(sum(lines.map(line => line.net)), currency))),
    h('ol', {}, ...lines.map(line => h('li', {},
      h('div', { class: 'line-head' }, h('span', {}, line.description), h('strong', {}, money(line.net, currency))),
      h('p', { class: 'line-sum' },
        `${quantity(line.quantity)} ${line.unit ?? ''} × ${unitPrice(line.unitPrice, currency)}` +
        (line.discount === 0 ? '' : `, less ${money(line.discount, currency)} discount`)),
      line.explanation && h('p', { class: 'line-why' }, line.explanation)))));
}
