import { api, Problem, type InvoiceDetail, type InvoiceLine } from './api';
import { pill, problemNotice } from './card';
import { fill, h } from './dom';
import { day, money, month, quantity, unitPrice } from './format';
import { groupBy, sum } from './sums';
import { pdfLink } from './tables/invoices';

/** The drawer shows one invoice with its lines and how each price came about. */
export class InvoiceDrawer {
  private opened: AbortController | null = null;

  constructor(private readonly dialog: HTMLDialogElement, closed: () => void) {
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
    this.draw(number, h('p', { class: 'empty', role: 'status' }, 'Loading the invoice'));
    if (!this.dialog.open) this.dialog.showModal();
    try {
      const invoice = await api.invoice(number, opened.signal);
      if (!opened.signal.aborted) this.draw(number, details(invoice));
    } catch (error) {
      if (opened.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      this.draw(number, problemNotice(error, () => void this.show(number)));
    }
  }

  private draw(number: string, content: Node): void {
    fill(this.dialog, h('div', { class: 'drawer-in', tabindex: 0, role: 'group', 'aria-labelledby': 'drawer-title' },
      h('div', { class: 'drawer-head' },
        h('h2', { id: 'drawer-title' }, `Invoice ${number}`),
        h('button', { type: 'button', class: 'button', onclick: () => this.dialog.close() }, 'Close')),
      content));
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
