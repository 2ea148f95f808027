/** A page that comes back late has the whole conversation, however long it has become; and knows where its call is. */

import type { ChatLine, EngagementId, LineId } from '@alongside/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { latest, sockets } from '../../../../packages/protocol/test/fake-sockets.js';
import type { SessionHooks } from './engagement-session.js';
import { EngagementSession } from './engagement-session.js';
import type { VisitorHttp } from './visitor-http.js';

vi.mock('./signal-socket.js', () => import('../../../../packages/protocol/test/fake-sockets.js'));

/** As many as the service gives at once. */
const PAGE = 500;
const lineOf = (number: number): ChatLine => ({
  number,
  lineId: `l${number}` as LineId,
  from: number % 2 === 0 ? 'agent' : 'visitor',
  text: `${number}`,
  at: number,
});

let asked: number[];
let held: number;
let pageSize: number;

async function comeBack(): Promise<EngagementSession> {
  const http = {
    comeBack: async () => ({
      ok: true,
      value: { ticket: 't', liveUrl: 'http://live.test', phase: 'active' },
    }),
    linesAfter: async (_: unknown, after: number) => {
      asked.push(after);
      const numbers = Array.from(
        { length: Math.max(0, Math.min(pageSize, held - after)) },
        (_, i) => after + i + 1,
      );
      return { ok: true, value: { lines: numbers.map(lineOf) } };
    },
  } as unknown as VisitorHttp;
  const entry = { engagementId: 'e' as EngagementId, secret: 's' };
  const nothing = (): void => undefined;
  const hooks: SessionHooks = {
    onUnknown: nothing,
    onEnded: nothing,
    onChanged: nothing,
    onAgentLine: nothing,

    onRulesChanged: nothing,
    onDelivery: nothing,
    onDeliveryAnswered: nothing,
  };
  const session = new EngagementSession(entry, http, hooks);
  session.open();
  await vi.waitFor(() => expect(sockets).toHaveLength(1));
  latest().open({
    pass: 'p',
    now: Date.now(),
    calls: { state: 'ready' },
    storage: 'up',
    engagement: { engagementId: 'e', version: 1, lastChatNumber: held },
  });
  return session;
}

beforeEach(() => {
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  sockets.length = 0;
  asked = [];
  pageSize = PAGE;
});
afterEach(() => void vi.unstubAllGlobals());

it.each([501, 502, 1_700])('has all of %i lines, in their order', async (lines) => {
  held = lines;
  const session = await comeBack();
  await vi.waitFor(() => expect(session.lines.value).toHaveLength(lines));
  expect(session.lines.value.map((line) => line.number)).toEqual(
    Array.from({ length: lines }, (_, i) => i + 1),
  );
  session.close();
});

it('goes on to a line that was said while it was fetching', async () => {
  held = 501;
  const session = await comeBack();
  held = 1_003;
  latest().tell('chat:said', { line: lineOf(1_003) });
  await vi.waitFor(() => expect(session.lines.value).toHaveLength(1_003));
  session.close();
});

it('does not ask without end for lines that never come', async () => {
  held = 3;
  pageSize = 0;
  const session = await comeBack();
  await vi.waitFor(() => expect(asked).toEqual([0]));
  await new Promise((turn) => setImmediate(turn));
  expect(asked).toEqual([0]);
  session.close();
});

it('takes a call for left behind until the page that held it is back', async () => {
  held = 0;
  const session = await comeBack();
  const call = { state: 'on', callId: 'one' };
  latest().tell('engagement:changed', {
    engagement: { engagementId: 'e', version: 2, lastChatNumber: 0, call },
    because: 'call:answered',
  });
  latest().tell('call:deserted', { engagementId: 'e' });
  expect(session.desertedCall.value).toBe('one');
  latest().tell('call:returned', { engagementId: 'e' });
  expect(session.desertedCall.value).toBeUndefined();
});
