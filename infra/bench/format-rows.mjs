// The rows as a table for people.

/** @param {number} value */
const short = (value) => (Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(4));

/** @param {readonly { name: string, unit: string, value: number, baseline: number, ratio: number, rounds: number, spread?: number[], void?: boolean }[]} rows */
export function formatRows(rows) {
  const head = ['name', 'unit', 'ours', 'baseline', 'ratio', 'spread', 'rounds', ''];
  const body = rows.map((row) => [
    row.name,
    row.unit,
    short(row.value),
    short(row.baseline),
    row.ratio.toFixed(3),
    row.spread === undefined ? '' : row.spread.map((each) => each.toFixed(3)).join('..'),
    String(row.rounds),
    row.void === true ? 'void: the machine was uneven' : '',
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((row) => (row[column] ?? '').length)),
  );
  const line = (/** @type {string[]} */ cells) =>
    `${cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  return line(head) + body.map(line).join('');
}
