/**
 * Bad input on every command of the table: refused by name, and only the sender is affected. The cases are made
 * from the table itself; a command without a sample body fails the first test.
 */

import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { EngagementId, Reply } from '@alongside/protocol';
import { agentCommands, limits, visitorCommands } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agentSamples, type Body, commandCases, visitorSamples, wholeBody } from './command-samples.js';
import type { Client } from './live-world.js';
import { LiveWorld } from './live-world.js';

let world: LiveWorld;
let visitor: Client;
let agent: Client;
let engagementId: EngagementId;
let foreignId: EngagementId;
let colleague: Client;
let witness: { visitor: Client; agent: Client; engagementId: EngagementId };

beforeAll(async () => {
  world = await LiveWorld.start();
  witness = await world.active(world.rival);
  foreignId = witness.engagementId;
  ({ visitor, agent, engagementId } = await world.active());
  colleague = await world.agent(world.shop.agents[1]);
});

afterAll(() => world.close());

/** The limit on commands is a test of its own; here every case must reach the parser. */
beforeEach(() => world.clock.advance(11_000));

function client(role: 'visitor' | 'agent'): Client {
  return role === 'visitor' ? visitor : agent;
}

function whole(role: 'visitor' | 'agent', name: string, body: Body): Body {
  return wholeBody({ role, name, body }, engagementId);
}

function code(reply: Reply<unknown>): string {
  return reply.ok ? 'done' : reply.refusal.code;
}

const wrongFor = [null, 7, 'x'.repeat(65), [], { deep: { er: 1 } }, Number.NaN];

/** Values that a field of this value's type cannot have. */
function wrongValues(value: unknown): unknown[] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return wrongFor.filter((wrong) => {
    if (typeof value === 'string') return typeof wrong !== 'string';
    if (typeof value === 'number') return typeof wrong !== 'number' || Number.isNaN(wrong);
    // An object of media parameters may hold anything, and an empty list is an object to the media side's parser.
    if (isObject) return typeof wrong !== 'object' || wrong === null;
    return true;
  });
}

it('has a sample for every command of both tables', () => {
  expect(Object.keys(visitorSamples).sort()).toEqual(Object.keys(visitorCommands).sort());
  expect(Object.keys(agentSamples).sort()).toEqual(Object.keys(agentCommands).sort());
});

const mayLack: Readonly<Record<string, readonly string[]>> = {
  'call:join': ['ahead'],
  'call:produce': ['producerId'],
  'call:passKeys': ['to', 'bytes'],
};

describe.each(commandCases)('$name of the $role', ({ role, name, body }) => {
  it('refuses no body, and bodies that are none', async () => {
    const { socket } = client(role);
    expect(code(await socket.timeout(5000).emitWithAck(name))).toBe('malformed');
    expect(code(await socket.timeout(5000).emitWithAck(name, whole(role, name, body), {}))).toBe('malformed');
    for (const none of [null, 1, true, 'text', [], [body]]) {
      expect(code(await client(role).ask(name, none))).toBe('malformed');
    }
  });

  it('refuses each field that is missing, or of a wrong type, and names it', async () => {
    const good = whole(role, name, body);
    const optional = mayLack[name] ?? [];
    for (const field of Object.keys(good)) {
      const { [field]: value, ...without } = good;
      if (!optional.includes(field)) {
        const reply = await client(role).ask(name, without);
        expect(reply, `without ${field}`).toEqual({
          ok: false,
          refusal: { code: 'malformed', detail: field },
        });
      }
      for (const wrong of wrongValues(value)) {
        const reply = await client(role).ask(name, { ...good, [field]: wrong });
        expect(code(reply), `${field}: ${JSON.stringify(wrong)}`).toMatch(/^(malformed|tooLarge)$/);
      }
    }
  });

  it('refuses fields that it does not know, without repeating their names', async () => {
    const good = whole(role, name, body);
    const polluted = JSON.parse(`{"__proto__":{"polluted":true}}`) as Record<string, unknown>;
    for (const extra of [{ extra: 1 }, { sender: 'agent' }, { number: 1 }, { constructor: {} }]) {
      const reply = await client(role).ask(name, { ...good, ...extra });
      expect(reply).toEqual({ ok: false, refusal: { code: 'malformed' } });
    }
    const reply = await client(role).ask(
      name,
      Object.defineProperties({ ...good }, Object.getOwnPropertyDescriptors(polluted)),
    );
    expect(code(reply)).toBe('malformed');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('is nothing of the other role that it is not in the table of', async () => {
    const other = role === 'visitor' ? 'agent' : 'visitor';
    const table: object = other === 'visitor' ? visitorCommands : agentCommands;
    const reply = client(other).socket.timeout(5000);
    if (Object.hasOwn(table, name)) {
      // It is in both tables with bodies of their own: the other's body is not taken.
      const foreign = role === 'visitor' ? body : { engagementId, ...body };
      expect(code(await reply.emitWithAck(name, foreign))).toBe('malformed');
      return;
    }
    const stranger = await newStranger(other);
    expect(code(await stranger.ask(name, whole(role, name, body)))).toBe('unknownCommand');
    stranger.close();
  });
});

/** A colleague may join what they see; nothing else of it is theirs before. */
const ofTheirs = commandCases.filter(
  ({ role, name }) => role === 'agent' && name !== 'desk:available' && name !== 'engagement:join',
);

describe.each(ofTheirs)('$name of an agent', ({ name, body }) => {
  it('is refused to a colleague whose engagement it is not', async () => {
    // Who accepts too late is told so; everything else is as if it did not exist.
    const code = name === 'engagement:accept' ? 'alreadyTaken' : 'notFound';
    const reply = await colleague.ask(name, { engagementId, ...body });
    expect(reply).toEqual({ ok: false, refusal: { code } });
  });
});

describe.each(commandCases.filter(({ role, name }) => role === 'agent' && name !== 'desk:available'))(
  '$name of an agent',
  ({ name, body }) => {
    it('is refused for an engagement of another tenant, and for one that does not exist, alike', async () => {
      const foreign = await agent.ask(name, { engagementId: foreignId, ...body });
      const unknown = await agent.ask(name, { engagementId: randomUUID(), ...body });
      expect(foreign).toEqual({ ok: false, refusal: { code: 'notFound' } });
      expect(foreign).toEqual(unknown);
    });
  },
);

describe('beyond the table', () => {
  it('closes a connection at the third command that does not exist', async () => {
    const stranger = await newStranger('visitor');
    for (const name of ['chat:read', '__proto__', 'toString']) {
      expect(code(await stranger.ask(name, {}))).toBe('unknownCommand');
    }
    await until(() => !stranger.socket.connected);
    expect(world.live.status().counts['refused.unknownCommand']).toBeGreaterThanOrEqual(3);
  });

  it('closes a connection that wants no acknowledgements', async () => {
    const stranger = await newStranger('visitor');
    for (let index = 0; index < 3; index += 1) stranger.socket.emit('chat:typing', { typing: true });
    await until(() => !stranger.socket.connected);
  });

  it('closes a connection that goes on and on beyond its rate', async () => {
    const stranger = await newStranger('visitor');
    const closed = new Promise((resolve) => stranger.socket.once('disconnect', resolve));
    // In portions that are answered in between: who reads no answer is ended for that.
    while (stranger.socket.connected) {
      const portion = Array.from({ length: 100 }, () => stranger.ask('chat:typing', { typing: true }));
      await Promise.race([closed, Promise.allSettled(portion)]);
    }
    expect(world.live.status().counts['refused.tooFast']).toBeGreaterThanOrEqual(1000);
  });

  it('closes a connection that reads nothing, and goes on for the others', async () => {
    const stranger = await newStranger('visitor');
    const { port } = world;
    const before = world.live.status().counts.endedUnread ?? 0;
    const deaf = connect(port, '127.0.0.1');
    const head = [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: ${world.host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==',
    ];
    deaf.on('error', () => undefined);
    deaf.write(`${head.join('\r\n')}\r\n\r\n`);
    deaf.once('readable', () => undefined);
    // Unmasked frames are not a client's: a mask of zeros leaves the text as it is. Each is answered with an error.
    const text = Buffer.from(`40/${'x'.repeat(100)},`);
    const frame = Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]);
    const many = Buffer.concat(Array.from({ length: 2000 }, () => frame));
    let closed = false;
    deaf.once('close', () => {
      closed = true;
    });
    await until(async () => {
      if (!closed && !deaf.writableNeedDrain) deaf.write(many);
      return (world.live.status().counts.endedUnread ?? 0) > before;
    }, 20_000);
    deaf.destroy();
    expect((await stranger.ask('chat:typing', { typing: true })).ok).toBe(true);
  });

  it('refuses lines that are too long, empty, or hold what nobody types', async () => {
    const say = async (text: string) => code(await visitor.ask('chat:send', { lineId: randomUUID(), text }));
    expect(await say('x'.repeat(limits.chatLineLength + 1))).toBe('tooLarge');
    for (const text of ['', '   ', 'a\u0000b', 'bell \u0007', 'escape \u001b[2J', '\ud800']) {
      expect(await say(text)).toBe('malformed');
    }
    expect(await say('x'.repeat(limits.chatLineLength))).toBe('done');
  });

  it('refuses more commands, and more lines, than a person can mean', async () => {
    const stranger = await newStranger('visitor');
    const lines = await Promise.all(
      Array.from({ length: 30 }, () => stranger.ask('chat:send', { lineId: randomUUID(), text: 'flood' })),
    );
    expect(lines.filter(({ ok }) => ok)).toHaveLength(limits.chatLinesPer10s);
    const many = await Promise.all(
      Array.from({ length: 300 }, () => stranger.ask('chat:typing', { typing: false })),
    );
    expect(many.filter(({ ok }) => ok)).toHaveLength(limits.commandsPer10s - 30);
    expect(new Set(many.map(code))).toEqual(new Set(['done', 'tooFast']));
    world.clock.advance(10_000);
    expect((await stranger.ask('chat:send', { lineId: randomUUID(), text: 'calm again' })).ok).toBe(true);
    stranger.close();
  });
});

it('has left everybody else as they were', async () => {
  await witness.visitor.must('chat:send', { lineId: randomUUID(), text: 'All is well' });
  const said = await witness.agent.facts.waitFor<{ line: { text: string } }>('chat:said');
  expect(said.line.text).toBe('All is well');
  const foreign = witness.agent.facts.facts.filter(({ body }) =>
    JSON.stringify(body ?? '').includes(engagementId),
  );
  expect(foreign).toEqual([]);
  expect([visitor, agent].map(({ socket }) => socket.connected)).toEqual([true, true]);
  const logged = JSON.stringify(world.logged);
  expect(logged).not.toContain('command:failed');
  for (const text of ['Hello', 'flood', 'polluted', 'All is well']) expect(logged).not.toContain(text);
});

async function newStranger(role: 'visitor' | 'agent'): Promise<Client> {
  return role === 'visitor' ? world.visitor(world.engagement()) : world.agent(world.shop.agents[1]);
}
