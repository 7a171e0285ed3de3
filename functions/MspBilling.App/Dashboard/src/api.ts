// What the dashboard reads from /api. Amounts are numbers in currency units; their currency stands beside them.

export interface Health { status: string; msp: string }
export interface Periods { periods: string[] }

/** A client whose drafts wait for a person. */
export interface WaitingClient {
  clientId: string; clientName: string; state: 'draft' | 'approved';
  invoices: { currency: string; net: number; tax: number; total: number; pdf: string }[];
  because: string[];
}
export interface Quarantined { clientId: string; clientName: string; reason: string }
export interface RunTotal { currency: string; net: number; tax: number; total: number }
export interface RoomTime { room: string; milliseconds: number }
export interface Run {
  id: string;
  state: 'finished' | 'running' | 'failed' | 'awaitsApproval' | 'notStarted';
  startedAt: string | null;
  finishedAt: string | null;
  invoiceDate: string | null;
  clients: number;
  clientsDone: number;
  invoices: number;
  quarantined: Quarantined[];
  waiting: WaitingClient[];
  totals: RunTotal[];
  captured: { activities: number };
  rooms: RoomTime[];
}

export interface ClientRevenue {
  clientId: string; clientName: string; currency: string; net: number; tax: number; total: number; invoices: number;
}
export interface ClientServiceRevenue { clientId: string; clientName: string; service: string; currency: string; net: number }
export interface Revenue {
  period: string;
  currencies: string[];
  byClient: ClientRevenue[];
  byService: { service: string; currency: string; net: number }[];
  byClientAndService: ClientServiceRevenue[];
}

export interface ReceivableRow { clientId: string; clientName: string; currency: string; amounts: number[]; total: number }
export interface Receivables { asOf: string; buckets: string[]; rows: ReceivableRow[] }

export interface CurrencyValue { currency: string; value: number }
export type Disposition = 'billed' | 'covered' | 'nonBillable' | 'held' | 'writtenOff';
export interface DispositionRow {
  disposition: Disposition; activities: number; hours: number; units: number; values: CurrencyValue[];
}
/** The sums of the leak ledger: /api/reports/leakage?summary=true */
export interface Leakage { period: string; byDisposition: DispositionRow[] }

export type DecisionKind = 'release' | 'writeOff' | 'withdraw';
export interface Decided { decision: DecisionKind; by: string; why: string; at: string }

export interface Hold {
  id: string;
  period: string;
  clientId: string;
  clientName: string;
  kind: string;
  reason: string;
  title: string;
  detail: string;
  action: string;
  /** What becomes of it when somebody releases it; null where nobody can. */
  release: string | null;
  date: string | null;
  hours: number | null;
  value: CurrencyValue | null;
  /** What was decided and waits for the next close. */
  decision: Decided | null;
}
export interface Holds { holds: Hold[] }

export interface Invoice {
  number: string;
  clientId: string;
  clientName: string;
  period: string;
  invoiceDate: string;
  dueDate: string;
  currency: string;
  net: number;
  tax: number;
  total: number;
  balance: number;
  state: string;
  accounting: string;
  pdf: string | null;
}
export interface Invoices { invoices: Invoice[] }

export interface InvoiceLine {
  position: number;
  group: string | null;
  description: string;
  explanation: string | null;
  quantity: number;
  unit: string | null;
  unitPrice: number;
  discount: number;
  net: number;
}
export interface InvoiceTax { name: string; percent: number; base: number; tax: number }
export interface InvoiceDetail extends Invoice { lines: InvoiceLine[]; taxes: InvoiceTax[] }

/** What the API refused, in the words of its problem details (RFC 9457). */
export class Problem extends Error {
  constructor(readonly title: string, readonly detail: string, readonly status: number) {
    super(title);
  }
}

export const api = {
  health: (signal: AbortSignal) => get<Health>('/api/health', signal),
  periods: (signal: AbortSignal) => get<Periods>('/api/periods', signal),
  run: (period: string, signal: AbortSignal) => get<Run>(`/api/runs/${encodeURIComponent(period)}`, signal),
  revenue: (period: string, signal: AbortSignal) => get<Revenue>(`/api/reports/revenue?${query({ period })}`, signal),
  receivables: (asOf: string, signal: AbortSignal) => get<Receivables>(`/api/reports/receivables?${query({ asOf })}`, signal),
  leakage: (period: string, signal: AbortSignal) => get<Leakage>(`/api/reports/leakage?${query({ period, summary: 'true' })}`, signal),
  holds: (period: string, signal: AbortSignal) => get<Holds>(`/api/holds?${query({ period })}`, signal),
  invoices: (period: string, signal: AbortSignal) => get<Invoices>(`/api/invoices?${query({ period })}`, signal),
  invoice: (number: string, signal: AbortSignal) => get<InvoiceDetail>(`/api/invoices/${encodeURIComponent(number)}`, signal),
};

function query(parameters: Record<string, string>): string {
  return new URLSearchParams(parameters).toString();
}

async function get<T>(url: string, signal: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { signal, headers: { accept: 'application/json' } });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Problem('The billing host does not answer', 'Check that it is running, then try again.', 0);
  }

  if (!response.ok) throw await problemOf(response);

  try {
    return await response.json() as T;
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Problem('The answer could not be read', `${url} did not answer with JSON.`, response.status);
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const body = await response.json().catch(() => null) as { title?: string; detail?: string } | null;
  return new Problem(
    body?.title ?? 'The figures could not be read',
    body?.detail ?? `The billing host answered with status ${response.status}.`,
    response.status);
}
