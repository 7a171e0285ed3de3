// Numbers and dates in the viewer's locale. Dates of the API are local dates without a zone, so they are shown in UTC.

const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(currency: string, kind: 'full' | 'short' | 'whole' | 'unitPrice'): Intl.NumberFormat {
  const key = kind + currency;
  let format = moneyFormats.get(key);
  if (!format) {
    const style = { style: 'currency', currency } as const;
    format = new Intl.NumberFormat(undefined,
      kind === 'short' ? { ...style, notation: 'compact', maximumSignificantDigits: 3 }
        : kind === 'whole' ? { ...style, maximumFractionDigits: 0 }
          : kind === 'unitPrice' ? { ...style, maximumFractionDigits: 8 }
            : style);
    moneyFormats.set(key, format);
  }
  return format;
}

export const money = (amount: number, currency: string) => moneyFormat(currency, 'full').format(amount);
export const unitPrice = (amount: number, currency: string) => moneyFormat(currency, 'unitPrice').format(amount);

/** For labels of charts: "€12.4k" where the locale has such a form, whole units where it would only drop digits. */
export function moneyShort(amount: number, currency: string): string {
  const parts = moneyFormat(currency, 'short').formatToParts(amount);
  return parts.some(part => part.type === 'compact') ? parts.map(part => part.value).join('') : moneyFormat(currency, 'whole').format(amount);
}

const integers = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const quantities = new Intl.NumberFormat(undefined, { maximumFractionDigits: 6 });
const hoursFormat = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percents = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const signedPercents = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const months = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const milliseconds = new Intl.NumberFormat(undefined, { style: 'unit', unit: 'millisecond', unitDisplay: 'narrow', maximumFractionDigits: 0 });
const seconds = new Intl.NumberFormat(undefined, { style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumFractionDigits: 1 });
const minutes = new Intl.NumberFormat(undefined, { style: 'unit', unit: 'minute', unitDisplay: 'narrow', maximumFractionDigits: 1 });

export const count = (value: number) => integers.format(value);
export const quantity = (value: number) => quantities.format(value);
export const hours = (value: number) => hoursFormat.format(value);
export const percent = (share: number) => percents.format(share);
export const signedPercent = (share: number) => signedPercents.format(share);
export const moment = (iso: string) => moments.format(new Date(iso));

export function day(isoDate: string): string {
  const date = new Date(`${isoDate}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? isoDate : days.format(date);
}

/** A month by its name; a longer period by its first and last day. */
export function month(period: string): string {
  const [from, after] = period.split('..');
  if (from && after) {
    const last = new Date(`${after}T00:00:00Z`);
    last.setUTCDate(last.getUTCDate() - 1);
    return Number.isNaN(last.getTime()) ? period : `${day(from)} – ${days.format(last)}`;
  }
  const date = new Date(`${period}-01T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? period : months.format(date);
}

export function duration(elapsed: number): string {
  if (elapsed < 1000) return milliseconds.format(elapsed);
  return elapsed < 60_000 ? seconds.format(elapsed / 1000) : minutes.format(elapsed / 60_000);
}

export const plural = (value: number, one: string, many: string) => `${count(value)} ${value === 1 ? one : many}`;
