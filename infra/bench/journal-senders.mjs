/** Senders of chat lines on a journal, each with its next line when the one before is acknowledged. */
import { randomUUID } from 'node:crypto';
import { JournalClient } from '../../server/dist/live/journal/journal-client.js';

/** @param {string} url @param {string} secret */
export function connectJournal(url, secret) {
  const nodeId = `bench-${randomUUID().slice(0, 8)}`;
  const startNumber = randomUUID();
  const silent = () => undefined;
  return new Promise((resolve) => {
    const journal = new JournalClient({
      url,
      secret,
      hello: () => ({ nodeId, startNumber, liveUrl: 'http://live.localhost:1', sharesDesk: true }),
      roster: () => ({ agents: [], engagements: [] }),
      logger: { debug: silent, info: silent, warn: silent, error: silent },
      listener: {
        connected: silent,
        revoked: silent,
        committed: silent,
        notAlone: silent,
        storageChanged: (storage) => {
          if (storage === 'up') resolve(journal);
        },
      },
      appendMs: 60_000,
    });
    journal.open();
  });
}

/** Answers how long it waited for the acknowledgement. */
async function sendLine(journal, engagementId) {
  const asked = performance.now();
  const ack = await journal.append({
    ...{ entryId: randomUUID(), engagementId, at: Date.now(), type: 'chatLine', lineId: randomUUID() },
    ...{ from: 'visitor', text: 'What does this conversation cost a month, and from when on?' },
  });
  if (!ack.ok) throw new Error(`a line was refused: ${ack.refusal.code}`);
  return performance.now() - asked;
}

/** So many lines of each. @param {readonly string[]} engagements @param {number} lines */
export async function sendLines(journal, engagements, lines) {
  const waits = [];
  const began = performance.now();
  await Promise.all(
    engagements.map(async (engagementId) => {
      for (let at = 0; at < lines; at += 1) waits.push(await sendLine(journal, engagementId));
    }),
  );
  return { waits, perLineMs: (performance.now() - began) / waits.length };
}

/** Lines of each, until what goes on meanwhile is over. @param {Promise<unknown>} until */
export async function sendWhile(journal, engagements, until) {
  let isOver = false;
  const over = until.finally(() => {
    isOver = true;
  });
  const waits = [];
  await Promise.all(
    engagements.map(async (engagementId) => {
      while (!isOver) {
        waits.push(await sendLine(journal, engagementId));
        // A person types between two lines; without a rest the senders would measure each other.
        await new Promise((resolve) => setTimeout(resolve, 4));
      }
    }),
  );
  await over;
  return waits;
}
