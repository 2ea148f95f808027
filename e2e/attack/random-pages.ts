/** Pages put together at random, after the console's check, in a replay without any policy: the browser is the judge. */

import type { Browser } from '@playwright/test';
import { checkEvents, checkSnapshot } from '../../agent-console/src/engagement/player/event-grammar.js';
import { RandomStream } from '../../agent-console/test/random-stream.js';
import type { HostileEvent } from './hostile-events.js';
import { LeakServer } from './leak-server.js';
import { PlainReplay } from './plain-replay.js';
import { settle, watchEffects } from './seen-effects.js';

const NODES = 30;
const CHANGES = 30;
/** A page that has played so many is replaced: what they leave in it would slow down those after them. */
const PLAYED_ON_ONE = 20;

export interface PlayedPages {
  readonly leaks: readonly string[];
  readonly ran: readonly string[];
  readonly left: readonly string[];
  /** What the same pages do without the check: a corpus that does nothing would prove nothing. */
  readonly uncheckedLeaks: number;
}

export async function playRandomPages(browser: Browser, seed: number, count: number): Promise<PlayedPages> {
  const leaks = await LeakServer.open();
  const plain = await PlainReplay.open();
  const [ran, left]: [string[], string[]] = [[], []];
  try {
    for (let from = 0; from < count; from += PLAYED_ON_ONE) {
      const page = await browser.newPage();
      const seen = await watchEffects(page, leaks);
      for (let at = from; at < Math.min(count, from + PLAYED_ON_ONE); at += 1)
        await plain.play(page, checkedStream(seed + at, `${leaks.origin}/checked/${at}`));
      await settle(page);
      ran.push(...seen.ran);
      left.push(...seen.left);
      await page.close();
    }
    const page = await browser.newPage();
    for (let at = 0; at < Math.min(count, PLAYED_ON_ONE); at += 1)
      await plain
        .play(page, uncheckedStream(seed + at, `${leaks.origin}/plain/${at}`))
        .catch(() => undefined);
    await settle(page);
    await page.close();
    return { leaks: leaks.of('checked'), ran, left, uncheckedLeaks: leaks.of('plain').length };
  } finally {
    leaks.close();
    plain.close();
  }
}

function checkedStream(seed: number, address: string): readonly HostileEvent[] {
  const stream = new RandomStream(seed, address);
  const styles = new Set<number>();
  const begun = checkSnapshot(stream.snapshot(NODES), styles);
  const changed = stream.changes(CHANGES).map((change) => checkEvents([change], styles));
  return [begun, ...changed].flatMap((checked) => (checked.ok ? checked.events : []));
}

function uncheckedStream(seed: number, address: string): readonly HostileEvent[] {
  const stream = new RandomStream(seed, address);
  return [...stream.snapshot(NODES), ...stream.changes(CHANGES)] as readonly HostileEvent[];
}
