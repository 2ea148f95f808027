/**
 * The clocks of a case, side by side: one month, extendable once by two (Art. 12(3) GDPR); 45 days until whoever asked
 * hears something, which for a complaint is the answer; and the service's own spans where it only refers and supports.
 */

import type { CaseClock, CaseDue } from '@alongside/protocol';
import type { CaseFacts } from './case-facts.js';
import { addHours, daysDue, monthsDue, workingDaysDue } from './due-dates.js';

const MONTHS = 1;
const EXTENDED_MONTHS = 3;
const INQUIRY_DAYS = 45;
const REFERRAL_DAYS = 2;
const SUPPORT_PACK_DAYS = 5;
const EXECUTION_HOURS = 72;

/** What is still to be met, the earliest first. */
export function openClocks(facts: CaseFacts, now: number): readonly CaseDue[] {
  const open: CaseDue[] = [];
  const add = (clock: CaseClock, at: number) => open.push({ clock, at });
  if (facts.isReferred && facts.referredAt === undefined)
    add('referral', workingDaysDue(facts.receivedAt, REFERRAL_DAYS));
  if (facts.isReferred && facts.packMadeAt === undefined)
    add('supportPack', workingDaysDue(facts.receivedAt, SUPPORT_PACK_DAYS));
  if (facts.answeredAt === undefined) {
    add('answer', answerDue(facts, now));
    // Whoever was told why it takes longer has heard; a complaint wants its answer by then.
    if (facts.kind !== 'complaint' && facts.extendedAt === undefined)
      add('firstReply', daysDue(facts.receivedAt, INQUIRY_DAYS));
  } else if (facts.executedAt === undefined && facts.outcome !== 'refused') {
    add('execution', addHours(facts.answeredAt, EXECUTION_HOURS));
  }
  return open.toSorted((one, other) => one.at - other.at);
}

/** A pause moves the month on; 45 days are promised of the calendar and never move. */
export function answerDue(facts: CaseFacts, now: number): number {
  if (facts.kind === 'complaint') return daysDue(facts.receivedAt, INQUIRY_DAYS);
  // A child's data go within three days of the report, whatever else is found out.
  if (facts.kind === 'minor') return addHours(facts.receivedAt, EXECUTION_HOURS);
  const months = facts.extendedAt === undefined ? MONTHS : EXTENDED_MONTHS;
  const standing = facts.pausedSince === undefined ? 0 : Math.max(0, now - facts.pausedSince);
  return monthsDue(facts.receivedAt, months) + facts.pausedMs + standing;
}

export function extendedUntil(facts: CaseFacts): number {
  return monthsDue(facts.receivedAt, EXTENDED_MONTHS) + facts.pausedMs;
}

export function lateClocks(facts: CaseFacts, now: number): readonly CaseDue[] {
  return openClocks(facts, now).filter(({ at }) => at < now);
}
