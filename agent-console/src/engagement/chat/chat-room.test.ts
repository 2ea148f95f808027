/** Sending, resending and fetching against a connection that comes and goes. */

import type { ChatLine, EngagementId, LineId, RefusalCode } from '@alongside/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../app/failure.js';
import { fail, succeed, unreachable } from '../../app/failure.js';
import type { LiveConnection } from '../../live/live-connection.js';
import { ChatRoom } from './chat-room.js';

interface Sent {
  readonly name: string;
  readonly body: Record<string, unknown>;
}

/** Answers as the service would: a line gets its number once, however often it is sent. */
class Service {
  readonly sent: Sent[] = [];
  readonly numbers = new Map<string, number>();
  isUp = true;
  /** The code that lines are refused with. */
  refuses: RefusalCode | undefined;

  readonly live = {
    send: async (name: string, body: Record<string, unknown>) => {
      this.sent.push({ name, body });
      if (!this.isUp) return unreachable;
      if (name !== 'chat:send') return succeed({});
      if (this.refuses !== undefined) return fail({ code: this.refuses });
      const lineId = String(body.lineId);
      const number = this.numbers.get(lineId) ?? this.numbers.size + 1;
      this.numbers.set(lineId, number);
      return succeed({ number, at: number });
    },
  } as unknown as Pick<LiveConnection, 'send'>;

  names(): readonly string[] {
    return this.sent.map((each) => each.name);
  }
}

function open(service: Service, lines: readonly ChatLine[] = []): ChatRoom {
  const fetchLines = async (after: number): Promise<Result<{ lines: readonly ChatLine[] }>> =>
    service.isUp ? succeed({ lines: lines.filter((each) => each.number > after) }) : unreachable;
  return new ChatRoom({ engagementId: 'e' as EngagementId, live: service.live, fetchLines });
}

const said = (number: number): ChatLine => ({
  number,
  lineId: `l${number}` as LineId,
  from: 'visitor',
  text: `${number}`,
  at: number,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the chat of one engagement', () => {
  it('keeps what cannot be sent and sends it with the same id when that is possible', async () => {
    const service = new Service();
    const room = open(service);
    service.isUp = false;
    room.say('one');
    room.say('two');
    await vi.advanceTimersByTimeAsync(10);
    expect(room.log.value.pending.map((line) => line.state)).toEqual(['waiting', 'waiting']);
    const firstId = room.log.value.pending[0]?.lineId;
    service.isUp = true;
    await vi.advanceTimersByTimeAsync(2_100);
    expect(room.log.value.pending).toEqual([]);
    expect(room.log.value.lines.map((line) => line.text)).toEqual(['one', 'two']);
    expect(room.log.value.lines[0]?.lineId).toBe(firstId);
    room.close();
  });

  it('fetches what was said before, and what is missing in between', async () => {
    const service = new Service();
    const room = open(service, [said(1), said(2), said(3)]);
    room.expectUpTo(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(room.history.value).toBe('loaded');
    room.said(said(5));
    await vi.advanceTimersByTimeAsync(1);
    expect(room.log.value.lines.map((line) => line.number)).toEqual([1, 2, 3, 5]);
    room.close();
  });

  it('tells that somebody types once in a while, that they stopped, and never what', async () => {
    const service = new Service();
    const room = open(service);
    room.typed('a secret');
    room.typed('a secret draft');
    expect(service.sent).toEqual([{ name: 'chat:typing', body: { engagementId: 'e', typing: true } }]);
    await vi.advanceTimersByTimeAsync(4_100);
    expect(service.sent.at(-1)).toEqual({ name: 'chat:typing', body: { engagementId: 'e', typing: false } });
    room.typed('');
    expect(service.names()).toHaveLength(2);
    expect(JSON.stringify(service.sent)).not.toContain('secret');
    room.close();
  });

  it.each(['sent again', 'given up'])('shows a refused line with its reason until it is %s', async (how) => {
    const service = new Service();
    const room = open(service);
    service.refuses = 'malformed';
    room.say('one');
    room.say('two');
    await vi.advanceTimersByTimeAsync(10);
    const [first] = room.log.value.pending;
    expect(room.log.value.pending).toMatchObject([
      { text: 'one', state: 'refused', failure: { code: 'malformed' } },
      { text: 'two', state: 'refused' },
    ]);
    service.refuses = undefined;
    const lineId = first?.lineId ?? ('none' as LineId);
    if (how === 'sent again') room.resend(lineId);
    else room.discard(lineId);
    await vi.advanceTimersByTimeAsync(10);
    expect(room.log.value.pending.map((line) => line.text)).toEqual(['two']);
    expect(room.log.value.lines.map((line) => line.text)).toEqual(how === 'sent again' ? ['one'] : []);
    room.close();
  });

  it('says that earlier lines are missing, and loads them as soon as it can', async () => {
    const service = new Service();
    service.isUp = false;
    const room = open(service, [said(1), said(2)]);
    room.expectUpTo(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(room.history.value).toBe('failed');
    service.isUp = true;
    await vi.advanceTimersByTimeAsync(2_100);
    expect([room.history.value, room.log.value.lines.length]).toEqual(['loaded', 2]);
    room.close();
  });

  it('shows that the visitor types until they write, stop, or are not heard of any more', async () => {
    const room = open(new Service());
    room.visitorTyped(true);
    expect(room.visitorTyping.value).toBe(true);
    room.said(said(1));
    expect(room.visitorTyping.value).toBe(false);
    room.visitorTyped(true);
    room.visitorTyped(false);
    expect(room.visitorTyping.value).toBe(false);
    room.visitorTyped(true);
    await vi.advanceTimersByTimeAsync(8_100);
    expect(room.visitorTyping.value).toBe(false);
    room.close();
  });

  it('keeps a draft while another engagement is on the screen, and sends it once', async () => {
    const service = new Service();
    const [room, other] = [open(service), open(service)];
    room.draft.set('  half a sen ');
    other.draft.set('another');
    expect([room.draft.value, service.sent]).toEqual(['  half a sen ', []]);
    room.sayDraft();
    room.sayDraft();
    await vi.advanceTimersByTimeAsync(10);
    expect(service.sent.filter(({ name }) => name === 'chat:send')).toMatchObject([
      { body: { text: 'half a sen' } },
    ]);
    expect([room.draft.value, other.draft.value]).toEqual(['', 'another']);
    room.draft.set('x'.repeat(4_001));
    room.sayDraft();
    expect(room.draft.value).toHaveLength(4_001);
    room.close();
    other.close();
  });

  it('sends nothing more once it is closed', async () => {
    const service = new Service();
    const room = open(service);
    service.isUp = false;
    room.say('one');
    await vi.advanceTimersByTimeAsync(10);
    const before = service.sent.length;
    room.close();
    service.isUp = true;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(service.sent).toHaveLength(before);
  });
});
