/**
 * What each row has to reach (`must`) and is meant to reach (`aim`): the table of the issue that asked for the
 * benches, line by line. A row without a line here is there to be read.
 */

import { databaseTargets } from './database-benches.mjs';

/** @typedef {import('./database-benches.mjs').Target} Target */

/** The ratio of ours to the baseline may be no more than this. @returns {Target} */
const ratio = (must, aim) => ({ of: 'ratio', must, ...(aim === undefined ? {} : { aim }) });
/** What was measured may be no more than this, whatever the baseline. @returns {Target} */
const value = (must, aim) => ({ of: 'value', must, ...(aim === undefined ? {} : { aim }) });
/** What was measured may be no less than this. @returns {Target} */
const atLeast = (must) => ({ of: 'value', must, least: true });

/** The ratio of ours to the baseline may be no less than this. @returns {Target} */
const ratioAtLeast = (must, aim) => ({ of: 'ratio', must, aim, least: true });

/** @type {Readonly<Record<string, Target>>} */
export const targets = {
  'sdk-size/tag-alone/br': value(5000, 3000),
  'sdk-size/panel/br': value(25_000, 18_000),
  'sdk-size/rrweb-record/co-browse-br': ratio(1.5, 1.2),
  'sdk-size/mediasoup-client/call-br': ratio(1.15, 1.1),
  'sdk-size/cobrowse-io/all-but-the-call-br': ratio(0.55, 0.45),
  'sdk-size/cobrowse-io/all-br': ratio(0.9, 0.75),

  'visitor-idle/no-sdk/script': ratio(1.02, 1),
  'visitor-idle/observers': value(0),
  'visitor-idle/bytes-a-minute': value(200),

  'visitor-recording/rrweb-empty/self-time': ratio(1.15, 1.05),
  'visitor-recording/rrweb-packer/self-time': ratio(0.7, 0.5),

  'visitor-inp/no-sdk/press-to-frame-p98': ratio(1.1, 1.03),
  'visitor-inp/long-tasks-of-ours': value(0),

  'first-view/rrweb-1k/to-equal-view': ratio(1.4, 1.15),
  'first-view/rrweb-10k/to-equal-view': ratio(1.4, 1.15),
  'first-view/rrweb-50k/to-equal-view': ratio(1.4, 1.15),
  'first-view/rrweb-10k/worst-visitor-task': ratio(0.3),

  'view-latency/rrweb-unbuffered/p50': ratio(1),
  'view-latency/rrweb-unbuffered/p99': ratio(1.25),
  'view-latency/pointer-positions-shown': atLeast(95),
  'view-latency/raw-ws-and-a-frame/mark-of-agent-p50': ratio(1),
  'view-latency/raw-ws-and-a-frame/mark-of-visitor-p50': ratio(1),

  'wire-bytes/json/incremental': ratio(0.21, 0.16),
  'wire-bytes/rrweb-packer/incremental': ratio(0.48, 0.4),
  'wire-bytes/json/snapshot': ratio(0.1, 0.08),

  'relay/raw-ws/cpu-per-frame-1to1-1kB-window8': ratio(1.25, 1.15),
  'relay/socket.io/cpu-per-frame-1to1-1kB-window8': ratio(0.35),

  'fan-out/raw-ws/cpu-per-agent': ratio(1.4, 1.15),
  'fan-out/one-agent/visitor-bytes': ratio(1),

  'slow-agent/two-snapshots/queued': ratio(1),
  'slow-agent/growth-in-the-second-half': value(256 * 1024),
  'slow-agent/no-slow-agent/p99-of-others': ratio(1.15),

  'idle-memory/socket.io/per-engagement': ratio(1.3, 1.1),

  'sealing/clear/bytes': ratio(1.25, 1.15),
  'sealing/clear/p50': ratio(1.15, 1.08),

  'replay/rrweb/script-per-event': ratio(1.1, 1),
  'replay/longest-slice': value(50),

  'call-setup/peer/p50': ratio(2, 1.5),
  'call-setup/stepwise-50ms/p50': ratio(0.6),
  'call-setup/round-trips-before-media': value(2, 1),

  'sfu/bare/worker-cpu-per-packet': ratio(1.03, 1.01),
  'sfu/node-cpu-of-the-worker': value(3, 1),
  // The shortest packet has ten times as many.
  'sfu/bytes-into-node-per-packet': value(4),
  'sfu/transports-without-aead': value(0),

  'calls-per-core/bare/voice': ratioAtLeast(0.95, 0.98),
  'calls-per-core/bare/video': ratioAtLeast(0.95, 0.98),
  'calls-per-core/bare/shown-small': ratioAtLeast(0.95, 0.98),
  'calls-per-core/bare/shown-large': ratioAtLeast(0.95, 0.98),

  'call-heal/worker-killed/p95': value(5000, 2000),
  'call-heal/network-switched/p95': value(5000, 2000),

  ...databaseTargets,
};

/** @typedef {'aim' | 'must' | 'missed' | 'void'} Verdict */

/**
 * The row with what it had to reach and whether it did; a void one says nothing about that.
 *
 * @template {{ name: string, value: number, ratio?: number, spread: readonly number[], void?: boolean }} Row
 * @param {Row} row
 * @returns {Row & Partial<Target> & { verdict?: Verdict }}
 */
export function judge(row) {
  const target = targets[row.name];
  if (target === undefined) return row.void === true ? { ...row, verdict: 'void' } : row;
  return { ...row, ...target, verdict: row.void === true ? 'void' : verdictOf(row, target) };
}

function verdictOf(row, { of, must, aim, least = false, worst = false }) {
  const middle = of === 'ratio' ? row.ratio : row.value;
  const got = worst ? row.spread[1] : middle;
  const reaches = (limit) => (least ? got >= limit : got <= limit);
  if (!reaches(must)) return 'missed';
  return aim !== undefined && reaches(aim) ? 'aim' : 'must';
}

/** What the program ends with: 0 when every `must` held, 3 when one was missed, 4 when none was but some are void. */
export function exitCodeOf(rows) {
  if (rows.some(({ verdict }) => verdict === 'missed')) return 3;
  return rows.some(({ verdict }) => verdict === 'void') ? 4 : 0;
}
