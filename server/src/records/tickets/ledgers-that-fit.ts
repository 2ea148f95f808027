import type { EngagementLedger } from '@alongside/protocol';

/** Of the 32,000 characters that a handshake may have, a third goes into how a ticket is written and what else it says. */
const MOST_BYTES = 20_000;

/** What a ticket can tell of: what goes on first, then the newest. A ticket that is too long would let nobody in at all. */
export function ledgersThatFit(ledgers: readonly EngagementLedger[]): EngagementLedger[] {
  const rank = ({ phase }: EngagementLedger) => (phase === 'active' ? 0 : 1);
  const inOrder = [...ledgers].sort(
    (one, other) => rank(one) - rank(other) || other.requestedAt - one.requestedAt,
  );
  let bytes = 0;
  return inOrder.filter((ledger) => {
    bytes += Buffer.byteLength(JSON.stringify(ledger));
    return bytes <= MOST_BYTES;
  });
}
