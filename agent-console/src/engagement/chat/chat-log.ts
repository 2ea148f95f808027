/** The lines of one engagement: committed ones in order of their number, and own ones that are not sent yet. */

import type { ChatLine, ChatNumbered, LineId } from '@alongside/protocol';
import type { Failure } from '../../app/failure.js';
import { isWorthRetrying } from '../../app/failure.js';

export interface PendingLine {
  readonly lineId: LineId;
  readonly text: string;
  readonly state: 'sending' | 'waiting' | 'refused';
  /** Why it was refused; such a line is sent again only by its author. */
  readonly failure?: Failure;
}

export interface ChatLog {
  readonly lines: readonly ChatLine[];
  readonly pending: readonly PendingLine[];
}

export const emptyLog: ChatLog = { lines: [], pending: [] };

/** Adds committed lines, each once; an own line that was pending is pending no longer. */
export function addLines(log: ChatLog, added: readonly ChatLine[]): ChatLog {
  const byNumber = new Map(log.lines.map((line) => [line.number, line]));
  for (const line of added) byNumber.set(line.number, line);
  const lines = [...byNumber.values()].sort((a, b) => a.number - b.number);
  const known = new Set(added.map((line) => line.lineId));
  return { lines, pending: log.pending.filter((line) => !known.has(line.lineId)) };
}

export function addPending(log: ChatLog, line: { lineId: LineId; text: string }): ChatLog {
  return { ...log, pending: [...log.pending, { ...line, state: 'waiting' }] };
}

export function markSending(log: ChatLog, lineId: LineId): ChatLog {
  return change(log, lineId, ({ text }) => ({ lineId, text, state: 'sending' }));
}

/** The reply has the number; the line itself may have been said already, or may never be said to its author. */
export function markSent(log: ChatLog, lineId: LineId, numbered: ChatNumbered): ChatLog {
  const sent = log.pending.find((line) => line.lineId === lineId);
  if (sent === undefined) return log;
  return addLines(log, [{ ...numbered, lineId, from: 'agent', text: sent.text }]);
}

/** A line that was not reached or could not be stored waits; one that was refused is given back to its author. */
export function markFailed(log: ChatLog, lineId: LineId, failure: Failure): ChatLog {
  return change(log, lineId, ({ text }) =>
    isWorthRetrying(failure)
      ? { lineId, text, state: 'waiting' }
      : { lineId, text, state: 'refused', failure },
  );
}

export function discard(log: ChatLog, lineId: LineId): ChatLog {
  return { ...log, pending: log.pending.filter((line) => line.lineId !== lineId) };
}

/** The first own line that may be sent now: lines leave one after the other, so that they keep their order. */
export function nextToSend(log: ChatLog): PendingLine | undefined {
  if (log.pending.some((line) => line.state === 'sending')) return undefined;
  return log.pending.find((line) => line.state === 'waiting');
}

/** The last number before which nothing is missing; what comes after it has to be fetched. */
export function completeUpTo(log: ChatLog): number {
  let last = 0;
  for (const line of log.lines) {
    if (line.number !== last + 1) break;
    last = line.number;
  }
  return last;
}

/** Whether the log lacks a line that is known to exist. */
export function hasGap(log: ChatLog, lastNumber: number): boolean {
  return completeUpTo(log) < Math.max(lastNumber, log.lines.at(-1)?.number ?? 0);
}

function change(log: ChatLog, lineId: LineId, make: (line: PendingLine) => PendingLine): ChatLog {
  return { ...log, pending: log.pending.map((line) => (line.lineId === lineId ? make(line) : line)) };
}
