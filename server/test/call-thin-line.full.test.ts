/** A call in which one side's line bears 100 kbit/s: voices go on, pictures give way, and come back with the line. */

import { until } from '@alongside/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CallGround, pause } from './call-ground.js';
import type { Received, Told } from './heal-page.js';
import type { Direction } from './network-path.js';

const THIN_BITS_PER_SECOND = 100_000;
/** Until it is found out, each way, how thin the line is. */
const SETTLE_MS = 14_000;
/** So long is looked then, and so long each time. */
const LOOKED_MS = 30_000;
const LOOK_MS = 2000;
/** What correction in the stream makes good, so that words are heard as they were said; and until it is found out. */
const MOST_LOST = 0.03;
const MOST_LOST_FIRST = 0.08;
/** How wide the smaller picture is that the visitor sees, and the agent. */
const SMALL = [480, 320] as const;
/** Steps back are tried after a while each, and a sender feels its way up. */
const BACK_MS = 120_000;
const TEST_MS = 300_000;

/** Of one side, in one look: what has come, and what people see at its end. */
interface Look extends Received {
  readonly told: Told;
}

let ground: CallGround;

beforeAll(async () => {
  ground = await CallGround.start();
}, 120_000);
afterAll(() => ground?.close(), 60_000);

/** What the visitor has got in each look, and the agent. */
async function looks(forMs: number): Promise<readonly (readonly Look[])[]> {
  const seen: [Look[], Look[]] = [[], []];
  let before = await ground.received();
  for (let look = 0; look < forMs / LOOK_MS; look += 1) {
    await pause(LOOK_MS);
    const now = await ground.received();
    const told = await Promise.all(
      ground.sides.map(({ page }) => page.evaluate(() => window.healPage.told())),
    );
    for (const [at, list] of seen.entries())
      list.push({ ...since(before[at], now[at]), told: told[at] as Told });
    before = now;
  }
  process.stdout.write(`${seen.map(shortly).join('\n')}\n`);
  return seen;
}

function since(before: Received | undefined, now: Received | undefined): Received {
  if (before === undefined || now === undefined) throw new Error('Nobody was looked at.');
  const grown = (field: 'packets' | 'pictures' | 'energy' | 'lost') => now[field] - before[field];
  return {
    ...{ packets: grown('packets'), pictures: grown('pictures'), width: now.width },
    ...{ energy: grown('energy'), lost: grown('lost') },
  };
}

const both = ['up', 'down'] as const;

async function becomeThin(ways: readonly Direction[]): Promise<void> {
  const ports = await ground.agent.page.evaluate(() => window.healPage.ports());
  ground.network.narrowBut(ports, THIN_BITS_PER_SECOND, ways);
}

const areLarge = () =>
  until(async () => (await ground.received()).every(({ width }, at) => width > (SMALL[at] ?? 0)), BACK_MS);

function expectHeard(thin: readonly (readonly Look[])[]): void {
  // The voice of this ground is loud once a second.
  for (const { energy } of thin.flat()) expect(energy).toBeGreaterThan(0);
  expectLost(thin, MOST_LOST);
}

function expectLost(thin: readonly (readonly Look[])[], most: number): void {
  const [down, up] = thin.map(lostOf);
  expect(down, 'of what comes down').toBeLessThanOrEqual(most);
  expect(up, 'of what goes up').toBeLessThanOrEqual(most);
}

it.each([
  ['each way', both],
  ['on its way up', ['up']],
  ['on its way down', ['down']],
] as const)(
  'whose line is thin %s hears and is heard, is told, and has large pictures again once it is wide',
  async (_, ways) => {
    await areLarge();
    await becomeThin(ways);
    const first = await looks(SETTLE_MS);
    expectLost(first, MOST_LOST_FIRST);
    if (ways === both) for (const side of first) expect(side.map(({ told }) => told.grade)).toContain('poor');
    const thin = await looks(LOOKED_MS);
    expectHeard(thin);
    for (const side of thin) expectTold(side);
    ground.network.comeBack();
    const from = performance.now();
    await areLarge();
    process.stdout.write(`large again after ${Math.round(performance.now() - from)} ms\n`);
    expect(await ground.states()).toEqual(['on', 'joined']);
    await until(async () => {
      const { rests, isStill } = await ground.visitor.page.evaluate(() => window.healPage.told());
      return !rests && !isStill;
    });
  },
  TEST_MS,
);

it(
  'who comes into a call on such a line hears and is heard as well',
  async () => {
    await becomeThin(both);
    await ground.visitor.page.reload();
    await ground.visitor.page.evaluate(() => window.healPage.open());
    await until(async () => (await ground.states()).join() === 'on,joined', BACK_MS);
    await looks(SETTLE_MS);
    expectHeard(await looks(LOOKED_MS));
    ground.network.comeBack();
    await areLarge();
  },
  TEST_MS,
);

/** Whoever waits for a picture that has not moved for three looks is told so. */
function expectTold(side: readonly Look[]): void {
  for (const [at, { told }] of side.entries()) {
    const last = side.slice(Math.max(0, at - 3), at + 1);
    if (last.length === 4 && last.every(({ pictures }) => pictures === 0)) expect(told.isStill).toBe(true);
  }
}

function lostOf(side: readonly Look[]): number {
  const sum = (field: 'lost' | 'packets') => side.reduce((all, look) => all + look[field], 0);
  return sum('lost') / Math.max(1, sum('lost') + sum('packets'));
}

/** In each look: packets of the voice that came and that did not, pictures and how wide they were, what is said of them. */
function shortly(side: readonly Look[]): string {
  return side
    .map(({ packets, lost, pictures, width, told: { rests, isStill } }) =>
      [`${packets}-${lost} ${pictures}x${width}`, rests ? 'rests' : [], isStill ? 'still' : []]
        .flat()
        .join(' '),
    )
    .join(' | ');
}
