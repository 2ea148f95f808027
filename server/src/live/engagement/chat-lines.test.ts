import { randomUUID } from 'node:crypto';
import type { JournalAck } from '@alongside/engagement';
import { accept, type EngagementId, type LineId, refuse } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { ChatLines } from './chat-lines.js';
import type { EngagementDirectory } from './engagement-directory.js';

const engagementId = randomUUID() as EngagementId;
const speaker = { engagementId, party: 'visitor', socketId: 'one' } as const;
const undelivered: JournalAck = refuse('storageUnavailable', 'customerStore');

function talk() {
  const told: (boolean | string)[] = [];
  const late: ((ack: JournalAck) => void)[] = [];
  const acks: JournalAck[] = [];
  const directory = { get: () => ({ lastChatNumber: 1 }) } as unknown as EngagementDirectory;
  const runner = {
    entry: (id: EngagementId, draft: object) => ({
      ...draft,
      engagementId: id,
      entryId: randomUUID(),
      at: 1,
    }),
    runNow: () => accept({}),
  } as never;
  const journal = {
    append: async (_: unknown, later: (ack: JournalAck) => void) => {
      late.push(later);
      return acks.shift() ?? undelivered;
    },
  } as never;
  const lines = new ChatLines({
    ...{ directory, runner, journal },
    say: (_, line) => told.push(line.text),
    delayed: (_, delayed) => told.push(delayed),
  });
  const send = (text: string) => lines.send(speaker, { lineId: randomUUID() as LineId, text });
  return { told, late, acks, send };
}

it('[DC3] tells both sides once that a line waits for the customer’s store, and once that none does any more', async () => {
  const { told, late, send } = talk();
  await send('one');
  await send('two');
  expect(told).toEqual([true]);
  late[0]?.({ ok: true, version: 2, number: 2, at: 1 });
  expect(told).toEqual([true, 'one']);
  late[1]?.({ ok: true, version: 3, number: 3, at: 1 });
  expect(told).toEqual([true, 'one', false, 'two']);
});

it('[DC3] says nothing of it where the service’s own storage is away', async () => {
  const { told, acks, send } = talk();
  acks.push(refuse('storageUnavailable'));
  await send('one');
  expect(told).toEqual([]);
});
