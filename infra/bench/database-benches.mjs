/**
 * The benches of what is kept, and what each of their rows has to reach (`must`) and is meant to reach (`aim`):
 * ratios of ours to the baseline, at most, or at least where that is said.
 */

/** @param {string} name @param {string} about @param {number} rounds */
const bench = (name, about, rounds) => ({
  ...{ name, about, rounds, deterministic: false, needs: [] },
  load: () => import(`./${name}.mjs`),
});

export const databaseBenches = [
  bench('transfer-decision', 'a chat line with its transfer decision, against the same without one', 5),
  bench('row-security', 'statements under row-level security, against the same past it', 7),
  bench('retention', 'a month of a million lines that goes as a whole, against one DELETE; and a sweep', 3),
  bench('rights-export', 'the export of an engagement with many lines, against COPY of the same rows', 5),
  bench('cold-start', 'start to first ticket and first socket, against a bare HTTP and ws process', 7),
];

/**
 * `worst`: what may never be more is told by the worst round; a median would let every other one by.
 *
 * @typedef {{ of: 'ratio' | 'value', must: number, aim?: number, least?: true, worst?: true }} Target
 */

const most = (must, aim) => ({ of: 'ratio', must, ...(aim === undefined ? {} : { aim }) });
const least = (must, aim) => ({ of: 'ratio', must, ...(aim === undefined ? {} : { aim }), least: true });

/** @type {Readonly<Record<string, Target>>} */
export const databaseTargets = {
  // Against the same row with an INSERT and a COMMIT of its own; what checks nothing is there to be read beside it.
  'chat-commit/1-sender/p50': most(1.25, 1.1),
  'chat-commit/32-senders/rows-per-second': least(5, 6),
  'chat-commit/32-senders/p95': most(0.25),
  'chat-commit/1000-senders-ceiling/rows-per-second': least(0.6, 0.8),
  'chat-commit/records-killed/acknowledged-lost': { of: 'value', must: 0, worst: true },
  'transfer-decision/no-decision/1-sender-p50': most(1.15, 1.05),
  'transfer-decision/no-decision/32-senders-per-line': most(1.15, 1.05),
  'row-security/owner/record': most(1.15, 1.05),
  'row-security/owner/list': most(1.15, 1.05),
  'row-security/owner/journal': most(1.15, 1.05),
  'retention/one-delete/month-as-a-whole': least(20, 40),
  'retention/50-ms/longest-batch': { ...most(1), worst: true },
  'retention/no-sweep/chat-p99': most(1.5),
  'rights-export/copy/rows-per-second': least(0.5, 0.8),
  // A page of lines and what is made of it; all of them at once were several times as much.
  'rights-export/memory-for-four-times-the-rows': { of: 'value', must: 24 * 1024 * 1024 },
  'cold-start/bare-process/first-ticket': most(3, 2),
  'cold-start/bare-process/first-socket': most(3, 2),
};
