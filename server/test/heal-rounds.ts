/** A call that is hurt and heals, round by round: how long that takes, and what of chat and page meanwhile. */

import { expect } from 'vitest';
import type { CallGround } from './call-ground.js';
import type { WorkerDumps } from './worker-dumps.js';

/** The promise: so many milliseconds for nineteen of twenty, and twice as many for every one. */
const BACK_MS = 5000;
const FEWEST_ROUNDS = 20;

export interface HealWaits {
  readonly call: number[];
  /** Until a line was taken that the visitor says while it is hurt. */
  readonly line: number[];
  /** Until the agent sees a change of the visitor's page from then. */
  readonly page: number[];
}

/** To be called in the midst of what hurts; by the end of it, it is. */
export type Meanwhile = () => void;

export class HealRounds {
  readonly #ground: CallGround;
  readonly #said: string[] = [];

  private constructor(ground: CallGround) {
    this.#ground = ground;
  }

  /** The agent sees the visitor's page as well. */
  static async of(ground: CallGround): Promise<HealRounds> {
    await ground.watch();
    return new HealRounds(ground);
  }

  /** From what `hurt` gives as the moment at which all could go on, to sound and pictures on both sides. */
  async measure(rounds: number, hurt: (meanwhile: Meanwhile) => Promise<number>): Promise<HealWaits> {
    const waits: HealWaits = { call: [], line: [], page: [] };
    for (let round = 0; round < rounds; round += 1) {
      // The clock of `live` stands still, and so many rounds are more than its sides may ask within ten seconds.
      this.#ground.pass(10_000);
      let meanwhile: Meanwhile = () => undefined;
      const told = new Promise<void>((resolve) => {
        meanwhile = resolve;
      }).then(() => this.#tell());
      const from = await hurt(meanwhile);
      meanwhile();
      waits.call.push((await this.#ground.mediaBack()) - from);
      const [line, page] = await told;
      waits.line.push(Math.max(0, line - from));
      waits.page.push(Math.max(0, page - from));
    }
    return waits;
  }

  /** Within the promise, and nothing lost of the chat. */
  expectKept(what: string, measured: HealWaits): void {
    for (const [part, waits] of Object.entries<readonly number[]>({ ...measured })) {
      const sorted = waits.toSorted((one, other) => one - other);
      const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? Infinity);
      const figures = { p50: at(0.5), p95: at(0.95), most: at(1), rounds: waits.length };
      process.stdout.write(`${what}, ${part}: ${JSON.stringify(figures)}\n`);
      if (waits.length >= FEWEST_ROUNDS)
        expect(figures.p95, `${what}, ${part}, p95`).toBeLessThanOrEqual(BACK_MS);
      expect(figures.most, `${what}, ${part}, at most`).toBeLessThanOrEqual(2 * BACK_MS);
    }
    this.expectSaid();
  }

  /** When a line of the visitor was taken, and when the agent saw that their page has changed. */
  #tell(): Promise<readonly [number, number]> {
    const round = this.#said.length + 1;
    this.#said.push(`Line ${round}`);
    const moment = (): number => performance.now();
    return Promise.all([
      this.#ground.visitorSays(`Line ${round}`).then(moment),
      this.#ground.pageChanges(`Page ${round}`).then(moment),
    ]);
  }

  /** Each line stands in the transcript, once and in order. */
  expectSaid(): void {
    expect(this.#ground.lines).toEqual(this.#said);
  }
}

/** Nothing of what was there before: one router, two transports and two streams of each side, two consumers each. */
export async function expectNothingLeft(dumps: WorkerDumps): Promise<void> {
  const whole = { routers: 1, transports: 4, producers: 4, consumers: 4, listening: 4 };
  await expect.poll(() => dumps.counts(), { timeout: 15_000 }).toEqual(whole);
}
