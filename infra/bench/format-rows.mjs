// The rows as a table for people.

/** @param {number} value */
const short = (value) => (Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4))));

const heads = ['name', 'unit', 'ours', 'baseline', 'ratio', 'spread', 'rounds', 'must', 'aim', ''];
const said = {
  aim: 'aim reached',
  must: 'ok',
  missed: 'MISSED',
  void: 'void: the machine was uneven',
};

/** @param {readonly { name: string, unit: string, value: number, baseline?: number, ratio?: number, rounds: number, spread?: number[], must?: number, aim?: number, of?: 'ratio' | 'value', least?: true, worst?: true, verdict?: keyof typeof said }[]} rows */
export function formatRows(rows) {
  const body = rows.map(cellsOf);
  const widths = heads.map((title, column) =>
    Math.max(title.length, ...body.map((row) => (row[column] ?? '').length)),
  );
  const line = (/** @type {string[]} */ cells) =>
    `${cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  return line(heads) + body.map(line).join('');
}

function cellsOf(row) {
  const limit = (bound) =>
    bound === undefined
      ? ''
      : `${row.least ? '>=' : '<='} ${bound}${row.of === 'ratio' ? 'x' : ''}${row.worst ? ' at worst' : ''}`;
  return [
    row.name,
    row.unit,
    short(row.value),
    row.baseline === undefined ? '' : short(row.baseline),
    row.ratio === undefined ? '' : row.ratio.toFixed(3),
    row.spread === undefined ? '' : row.spread.map((each) => short(each)).join('..'),
    String(row.rounds),
    limit(row.must),
    limit(row.aim),
    row.verdict === undefined ? '' : said[row.verdict],
  ];
}
