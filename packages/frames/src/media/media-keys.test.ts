/** Agreeing on the keys of a call, between a visitor and agents who come, go and come back. */

import type { CallKeyStep } from '@alongside/protocol';
import { describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../../test/manual-clock.js';
import { randomBytes } from '../bytes.js';
import { AgentMediaKeys } from './agent-media-keys.js';
import { MediaKeyring } from './media-keyring.js';
import { VisitorMediaKeys } from './visitor-media-keys.js';

const until = (holds: () => unknown) => vi.waitFor(holds, { timeout: 8000, interval: 5 });

/** The server: it passes steps on as the protocol says, and a test may look at them or hold them back. */
class Server {
  readonly seen: CallKeyStep[] = [];
  readonly clock = new ManualClock();
  readonly #sides: {
    readonly party: 'visitor' | 'agent';
    take(step: CallKeyStep, agentId?: string): void;
  }[] = [];
  #agents = 0;
  change = (step: CallKeyStep, _by?: string): CallKeyStep | undefined => step;

  join(party: 'visitor' | 'agent', place = 'engagement.call', agentId = `agent-${++this.#agents}`) {
    const ring = new MediaKeyring();
    const codes: string[] = [];
    const epochs: number[] = [];
    const gone: string[] = [];
    const deps = {
      place,
      ring: {
        hold: (keys: Parameters<MediaKeyring['hold']>[0]) => {
          epochs.push(keys.epoch);
          ring.hold(keys);
        },
        sealUnder: (epoch: number) => ring.sealUnder(epoch),
        keepOnly: (epoch: number) => ring.keepOnly(epoch),
      },
      send: (step: CallKeyStep) =>
        this.pass(party, structuredClone(step), party === 'agent' ? agentId : undefined),
      onGone: (peer: string) => void gone.push(peer),
      onAgreed: ({ code }: { readonly code: string }) => void codes.push(code),
      clock: this.clock,
    };
    const keys = party === 'visitor' ? new VisitorMediaKeys(deps) : new AgentMediaKeys(deps);
    const side = { party, take: (step: CallKeyStep, by?: string) => keys.take(step, by) };
    this.#sides.push(side);
    const vanish = (): void => void this.#sides.splice(this.#sides.indexOf(side), 1);
    keys.start();
    return { keys, ring, codes, epochs, gone, vanish, agentId };
  }

  pass(party: 'visitor' | 'agent', step: CallKeyStep, agentId?: string): void {
    this.seen.push(step);
    expect(step.bytes?.length ?? 0).toBeLessThanOrEqual(1024);
    const passed = this.change(step, agentId);
    if (passed === undefined) return;
    for (const side of this.#sides) if (side.party !== party) side.take(passed, agentId);
  }
}

type Side = ReturnType<Server['join']>;

async function hears(from: Side, to: Side, party: 'visitor' | 'agent'): Promise<boolean> {
  const plain = randomBytes(40);
  const data = await from.ring.seal('microphone', plain);
  if (data === undefined) return false;
  const opened = await to.ring.open({ data, source: 'microphone', party, timestamp: undefined });
  return 'plain' in opened && opened.plain.join() === plain.join();
}

async function untilBothHear(visitor: Side, agent: Side): Promise<void> {
  await until(async () => {
    expect(await hears(visitor, agent, 'visitor')).toBe(true);
    expect(await hears(agent, visitor, 'agent')).toBe(true);
  });
}

describe('keys of a call', () => {
  it.each([
    ['visitor', 'agent'],
    ['agent', 'visitor'],
  ] as const)('are agreed on when the %s is there before the %s', async (first, second) => {
    const server = new Server();
    const sides = { [first]: server.join(first), [second]: server.join(second) } as Record<string, Side>;
    const { visitor, agent } = sides as { visitor: Side; agent: Side };
    await untilBothHear(visitor, agent);
    expect(visitor.codes.at(-1)).toMatch(/^\d{6}$/);
    expect(agent.codes.at(-1)).toBe(visitor.codes.at(-1));
  });

  it('are new whenever somebody comes or goes, and then of no use to who went', async () => {
    const server = new Server();
    const visitor = server.join('visitor');
    const agent = server.join('agent');
    await untilBothHear(visitor, agent);
    const colleague = server.join('agent');
    await untilBothHear(visitor, colleague);
    await untilBothHear(visitor, agent);
    expect(new Set(visitor.codes).size).toBe(2);
    // Agents hear one another as well, under the same epoch.
    expect(await hears(agent, colleague, 'agent')).toBe(true);
    const before = visitor.epochs.length;
    colleague.keys.close();
    colleague.vanish();
    await until(async () => {
      expect(visitor.epochs.length).toBeGreaterThan(before);
      expect(await hears(visitor, agent, 'visitor')).toBe(true);
      expect(await hears(visitor, colleague, 'visitor')).toBe(false);
    });
  });

  it('stay with who is there when somebody vanishes without a word', async () => {
    const server = new Server();
    const visitor = server.join('visitor');
    const agent = server.join('agent');
    await untilBothHear(visitor, agent);
    agent.vanish();
    const again = server.join('agent');
    await untilBothHear(visitor, again);
    const epochs = visitor.epochs.length;
    server.clock.advance(10_000);
    await until(() => expect(visitor.epochs.length).toBe(epochs + 1));
    await untilBothHear(visitor, again);
    expect(await hears(visitor, agent, 'visitor')).toBe(false);
  });

  it('keep the code that people compared when a side joins again', async () => {
    const server = new Server();
    const visitor = server.join('visitor');
    const agent = server.join('agent');
    await untilBothHear(visitor, agent);
    const { length } = visitor.epochs;
    agent.keys.start();
    await until(() => expect(visitor.epochs.length).toBeGreaterThan(length));
    visitor.keys.start();
    await until(() => expect(visitor.epochs.length).toBeGreaterThan(length + 1));
    await untilBothHear(visitor, agent);
    expect(visitor.codes.length).toBeGreaterThan(2);
    expect(new Set([...visitor.codes, ...agent.codes]).size).toBe(1);
  });

  it('are of one visitor at a time: of the page before nothing is held against the next', async () => {
    const server = new Server();
    const before = server.join('visitor');
    const agent = server.join('agent');
    await untilBothHear(before, agent);
    before.vanish();
    const visitor = server.join('visitor');
    await untilBothHear(visitor, agent);
    expect(agent.gone).toHaveLength(1);
    expect(agent.codes.at(-1)).toBe(visitor.codes.at(-1));
  });

  it('are asked for again where a step was lost', async () => {
    const server = new Server();
    let lost = 0;
    server.change = (step) => {
      if (step.step !== 'agree' || lost > 0) return step;
      lost += 1;
      return undefined;
    };
    const visitor = server.join('visitor');
    const agent = server.join('agent');
    await until(() => expect(lost).toBe(1));
    expect(await hears(visitor, agent, 'visitor')).toBe(false);
    server.clock.advance(7000);
    await untilBothHear(visitor, agent);
  });

  it('are not forgotten by an epoch that was in use for almost long enough when the next one begins', async () => {
    const server = new Server();
    const visitor = server.join('visitor');
    const agent = server.join('agent');
    await untilBothHear(visitor, agent);
    server.clock.advance(3999);
    const held: [CallKeyStep, string | undefined][] = [];
    server.change = (step, by) => {
      if (step.step !== 'have') return step;
      held.push([step, by]);
      return undefined;
    };
    const colleague = server.join('agent');
    await until(() => expect(held).toHaveLength(2));
    server.clock.advance(10);
    server.change = (step) => step;
    for (const [step, by] of held) visitor.keys.take(step, by);
    await until(async () => expect(await hears(visitor, colleague, 'visitor')).toBe(true));
    server.clock.advance(4000);
    await untilBothHear(visitor, agent);
    await untilBothHear(visitor, colleague);
  });

  it('are new when an agent is out of the call by the word of the service, who says nothing of it', async () => {
    const server = new Server();
    const visitor = server.join('visitor');
    const agent = server.join('agent');
    const colleague = server.join('agent');
    await untilBothHear(visitor, agent);
    await untilBothHear(visitor, colleague);
    const before = visitor.epochs.length;
    const keep = visitor.keys;
    if (!(keep instanceof VisitorMediaKeys)) throw new Error('The visitor has keys of their own kind.');
    keep.keepAgents(new Set([agent.agentId, colleague.agentId]));
    colleague.vanish();
    keep.keepAgents(new Set([agent.agentId]));
    await until(async () => {
      expect(visitor.epochs.length).toBe(before + 1);
      expect(await hears(visitor, agent, 'visitor')).toBe(true);
    });
    expect(await hears(visitor, colleague, 'visitor')).toBe(false);
    expect(visitor.gone).toHaveLength(1);
  });

  it('are not taken from an agent by a colleague who speaks under their name, or under seven others', async () => {
    const server = new Server();
    const visitor = server.join('visitor');
    const agent = server.join('agent');
    await untilBothHear(visitor, agent);
    const name = server.seen.find(({ step }) => step === 'have')?.from ?? '';
    const before = visitor.epochs.length;
    for (const step of ['gone', 'here'] as const) server.pass('agent', { from: name, step }, 'hostile');
    for (let nth = 0; nth < 9; nth += 1)
      server.pass('agent', { from: `name-${nth}`, step: 'here' }, 'hostile');
    const colleague = server.join('agent');
    await untilBothHear(visitor, colleague);
    await untilBothHear(visitor, agent);
    // The nine are one after the other the same agent's, who had no key yet.
    expect(visitor.gone).toEqual(Array.from({ length: 8 }, (_, nth) => `name-${nth}`));
    expect(visitor.epochs.length).toBe(before + 9);
    server.clock.advance(8000);
    await until(() => expect(visitor.gone.at(-1)).toBe('name-8'));
    await untilBothHear(visitor, agent);
  });

  it.each(['key', 'have'] as const)('are agreed on anew where a later %s was lost', async (kind) => {
    const server = new Server();
    const visitor = server.join('visitor');
    const agent = server.join('agent');
    await untilBothHear(visitor, agent);
    const name = server.seen.find(({ step }) => step === 'have')?.from ?? '';
    let lost = 0;
    server.change = (step) => {
      if (step.step !== kind || (step.from !== name && step.to !== name) || lost > 0) return step;
      lost += 1;
      return undefined;
    };
    const colleague = server.join('agent');
    await untilBothHear(visitor, colleague);
    await until(() => expect(lost).toBe(1));
    server.clock.advance(8000);
    await untilBothHear(visitor, agent);
    await untilBothHear(visitor, colleague);
  });

  it('never come to who is between: no step holds a secret, and a changed one ends in silence', async () => {
    const server = new Server();
    const visitor = server.join('visitor');
    const agent = server.join('agent');
    await untilBothHear(visitor, agent);
    const kinds = new Set(server.seen.map(({ step }) => step));
    expect([...kinds].sort()).toEqual(['agree', 'have', 'here', 'key']);
    const spoilt = new Server();
    spoilt.change = (step) => {
      if (step.step !== 'key' || step.bytes === undefined) return step;
      const last = step.bytes.at(-3) === 'A' ? 'B' : 'A';
      return { ...step, bytes: `${step.bytes.slice(0, -3)}${last}${step.bytes.slice(-2)}` };
    };
    const other = { visitor: spoilt.join('visitor'), agent: spoilt.join('agent') };
    await until(() => expect(other.visitor.epochs).not.toEqual([]));
    await until(() => expect(spoilt.seen.some(({ step }) => step === 'key')).toBe(true));
    expect(other.agent.epochs).toEqual([]);
    expect(await hears(other.agent, other.visitor, 'agent')).toBe(false);
  });

  it('are of no use for another call', async () => {
    const server = new Server();
    const visitor = server.join('visitor', 'engagement.one');
    const agent = server.join('agent', 'engagement.two');
    await until(() => expect(server.seen.some(({ step }) => step === 'agree')).toBe(true));
    await until(() => expect(server.seen.filter(({ step }) => step === 'agree').length).toBeGreaterThan(1));
    expect(visitor.codes).toEqual([]);
    expect(agent.codes).toEqual([]);
  });
});
