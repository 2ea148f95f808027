/**
 * A random walk through everything that can happen between a page and its consoles: frames that are lost, doubled,
 * late or out of order, connections that break, agents who leave, pages and consoles that are loaded anew. After
 * each step the view is held against the page.
 */

import type { Bytes } from '../src/bytes.js';
import type { AgentConsole, VisitorPage } from './channel.js';
import { agentId, Channel } from './channel.js';
import type { Random } from './random-events.js';
import { seededRandom } from './random-events.js';

const CONSOLES = 3;
/** Everything that is paced, timed out or asked again comes within this time once the network is whole. */
const HEALING_MS = 240_000;

/** What became of a walk; its seed walks it again. */
export interface Walk {
  readonly steps: readonly string[];
  /** What was wrong, and after which step; undefined when nothing was. */
  readonly wrong: string | undefined;
  /** How often a view was said to be new while it was looked at, and how often it was not. */
  readonly live: number;
  readonly inDoubt: number;
}

interface Trouble {
  readonly lose: number;
  readonly double: number;
  readonly delay: number;
}

const calm: Trouble = { lose: 0, double: 0, delay: 0 };

export async function walkAtRandom(seed: number, steps: number): Promise<Walk> {
  const walk = new RandomWalk(seed);
  return walk.go(steps);
}

class RandomWalk {
  readonly #random: Random;
  readonly #channel = new Channel();
  readonly #pages: VisitorPage[] = [];
  readonly #consoles: AgentConsole[] = [];
  readonly #steps: string[] = [];
  readonly #late: { readonly to: number; readonly frame: Bytes }[] = [];
  #trouble = calm;
  #events = 0;
  #live = 0;
  #inDoubt = 0;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    // One walk in two with the connection in a worker.
    this.#channel.hasWorkers = seed % 2 === 0;
    this.#channel.relay.between = (frame, to) => this.#pass(frame, to);
    this.#loadPage();
    for (let slot = 1; slot <= CONSOLES; slot += 1) this.#loadConsole(slot);
  }

  async go(steps: number): Promise<Walk> {
    for (let step = 0; step < steps; step += 1) {
      const name = this.#step();
      this.#steps.push(name);
      // Now and then several things happen at once.
      const isSettled = this.#random() < 0.7;
      if (isSettled) await this.#channel.settle();
      const wrong = this.#look(isSettled);
      if (wrong !== undefined) return this.#walk(`${wrong} after ${name}`);
    }
    return this.#walk(await this.#heal());
  }

  get #page(): VisitorPage {
    const page = this.#pages.at(-1);
    if (page === undefined) throw new Error('The visitor has no page.');
    return page;
  }

  #step(): string {
    const roll = this.#random();
    const slot = 1 + Math.floor(this.#random() * CONSOLES);
    if (roll < 0.4) return this.#emit();
    if (roll < 0.6) return this.#advance();
    if (roll < 0.72) return this.#change();
    if (roll < 0.78) return this.#deliverLate();
    if (roll < 0.84) return this.#reconnect(slot);
    if (roll < 0.88) return this.#reconnect(0);
    if (roll < 0.91) return this.#cut(slot);
    if (roll < 0.94) return this.#leave(slot);
    if (roll < 0.97) return this.#loadConsole(slot);
    return this.#loadPage();
  }

  #emit(): string {
    const count = 1 + Math.floor(this.#random() * 4);
    for (let event = 0; event < count; event += 1) {
      this.#events += 1;
      // Some take several frames.
      const long =
        this.#random() < 0.02 ? { noise: Array.from({ length: 9_000 }, () => this.#random()) } : {};
      this.#page.emit({ page: this.#pages.length, event: this.#events, ...long });
    }
    return `${count} events`;
  }

  #advance(): string {
    const byMs = [50, 500, 2_100, 6_500][Math.floor(this.#random() * 4)] ?? 50;
    this.#channel.clock.advance(byMs);
    return `${byMs} ms`;
  }

  #change(): string {
    const share = () => (this.#random() < 0.5 ? 0 : this.#random() * 0.4);
    this.#trouble = this.#random() < 0.4 ? calm : { lose: share(), double: share(), delay: share() };
    return `trouble ${JSON.stringify(this.#trouble)}`;
  }

  #deliverLate(): string {
    const late = this.#late.splice(0);
    for (const { to, frame } of late.reverse()) this.#channel.relay.inject(to, frame);
    return `${late.length} late frames`;
  }

  #reconnect(slot: number): string {
    this.#channel.relay.lose(slot);
    this.#attach(slot);
    return `reconnection of ${slot}`;
  }

  #attach(slot: number): void {
    const console = this.#consoles[slot - 1];
    if (slot === 0) this.#channel.attachPage(this.#page);
    else if (console !== undefined) this.#channel.attachConsole(console, slot);
  }

  #cut(slot: number): string {
    if (!this.#channel.relay.holds(slot)) return 'nobody to cut';
    this.#channel.relay.cut(slot);
    return `cut of ${slot}`;
  }

  #leave(slot: number): string {
    this.#channel.relay.expel(slot);
    this.#channel.relay.giveUp(slot, agentId(slot));
    this.#attach(slot);
    return `leave and return of ${slot}`;
  }

  #loadConsole(slot: number): string {
    this.#consoles[slot - 1]?.receiver.close({ ended: false });
    this.#consoles[slot - 1] = this.#channel.console();
    this.#attach(slot);
    return `console ${slot} loaded`;
  }

  #loadPage(): string {
    this.#pages.at(-1)?.sender.close({ ended: false });
    this.#channel.relay.lose(0);
    const page = this.#channel.page();
    page.numbers.push({ page: this.#pages.length + 1, event: 0 });
    this.#pages.push(page);
    this.#attach(0);
    return 'page loaded';
  }

  #pass(frame: Bytes, to: number): readonly Bytes[] {
    const { lose, double, delay } = this.#trouble;
    const roll = this.#random();
    if (roll < lose) return [];
    if (roll < lose + double) return [frame, frame];
    if (roll < lose + double + delay) {
      this.#late.push({ to, frame });
      return [];
    }
    return [frame];
  }

  /** Every view is the beginning of what one page was, and of the page that is there if it says that it is new. */
  #look(isSettled: boolean): string | undefined {
    for (const [index, console] of this.#consoles.entries()) {
      if (console.state === 'live') this.#live += 1;
      else this.#inDoubt += 1;
      if (console.snapshots === 0 && console.shown.length === 0) continue;
      const ofPage = this.#pages.find((page) => isBeginning(console.shown, page.numbers));
      if (ofPage === undefined) return `console ${index + 1} shows what no page was`;
      const isOld = isSettled && console.state === 'live' && !isBeginning(console.shown, this.#page.numbers);
      if (isOld) return `console ${index + 1} takes a page for new that is gone`;
      if (console.state === 'broken') return `console ${index + 1} is broken`;
    }
    if (this.#channel.relay.breaches.length > 0) return `breach: ${this.#channel.relay.breaches.join(', ')}`;
    return undefined;
  }

  /** Nothing is lost any more: without another event everybody sees the whole page, and says so. */
  async #heal(): Promise<string | undefined> {
    this.#trouble = calm;
    this.#steps.push('healing');
    // A handshake whose step was lost begins again with the next connection, as after any loss on TCP.
    for (let slot = 0; slot <= CONSOLES; slot += 1) this.#reconnect(slot);
    for (let passedMs = 0; passedMs < HEALING_MS; passedMs += 1_000) {
      await this.#channel.settle();
      const wrong = this.#look(true);
      if (wrong !== undefined) return `${wrong} while healing`;
      if (this.#consoles.every((console) => this.#isWhole(console))) return undefined;
      this.#channel.clock.advance(1_000);
    }
    return `not whole again: ${this.#consoles.map(({ state, shown }) => `${state} ${shown.length}`).join(', ')} of ${this.#page.numbers.length}`;
  }

  #isWhole(console: AgentConsole): boolean {
    const { numbers } = this.#page;
    return (
      console.state === 'live' &&
      console.shown.length === numbers.length &&
      isBeginning(console.shown, numbers)
    );
  }

  #walk(wrong: string | undefined): Walk {
    for (const console of this.#consoles) console.receiver.close({ ended: true });
    this.#page.sender.close({ ended: true });
    return { steps: this.#steps, wrong, live: this.#live, inDoubt: this.#inDoubt };
  }
}

function isBeginning(shown: readonly unknown[], numbers: readonly unknown[]): boolean {
  return (
    shown.length <= numbers.length && shown.every((event, index) => nameOf(event) === nameOf(numbers[index]))
  );
}

/** Events are named by their page and number; what else is in them came under the same seal. */
function nameOf(event: unknown): string {
  const { page, event: number } = event as { readonly page: number; readonly event: number };
  return `${page}.${number}`;
}
