// Amounts arrive rounded to their currency; adding them in whole ten-thousandths keeps binary fractions out of the sum.

const scale = 10_000;

export function sum(amounts: Iterable<number>): number {
  let units = 0;
  for (const amount of amounts) units += Math.round(amount * scale);
  return units / scale;
}

/** One figure per currency, never a mixed one; currencies in the order of their code. */
export function sumByCurrency<T extends { currency: string }>(rows: Iterable<T>, amount: (row: T) => number): [currency: string, total: number][] {
  return [...groupBy(rows, row => row.currency)]
    .map(([currency, group]): [string, number] => [currency, sum(group.map(amount))])
    .sort(([a], [b]) => a.localeCompare(b));
}

export function groupBy<T>(rows: Iterable<T>, key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
