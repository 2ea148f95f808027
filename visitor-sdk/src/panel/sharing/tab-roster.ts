/**
 * The tabs in which the visitor has this conversation open, as they tell each other while the page may be seen. A tab
 * says of itself no more than an agent may know of it. Tabs of other sub-domains cannot be heard: they are known once
 * they come to the front.
 */

import type { VisitorTab } from '@alongside/protocol';
import { tabLimits } from '@alongside/protocol';
import { watchPageRest } from '../session/page-rest.js';
import type { TabMemory } from '../session/tab-memory.js';
import type { OpenTab, TabMessage } from './tab-message.js';
import { readTabMessage } from './tab-message.js';

/** As much of a `BroadcastChannel` as is needed. */
export interface TabChannel {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: TabMessage): void;
  close(): void;
}

export interface TabRosterDeps {
  readonly memory: TabMemory;
  /** Undefined where the page may have none. */
  readonly channel: (name: string) => TabChannel | undefined;
  /** What may be said of this tab now. */
  readonly words: () => Pick<OpenTab, 'title' | 'path'>;
  /** Whether this tab is the one that shows itself. */
  readonly isInFront: () => boolean;
  readonly onTabs: (tabs: readonly VisitorTab[]) => void;
  /** Another tab was shown until now. */
  readonly onBehind: () => void;
}

/** How often a tab looks whether its own words have changed. */
const LOOK_MS = 2_000;
/** How often the tab in front asks who is there, and after how long without an answer one is gone. */
const ASK_MS = 10_000;
const SILENT_MS = 25_000;

export class TabRoster {
  readonly #deps: TabRosterDeps;
  readonly #others = new Map<number, { readonly tab: OpenTab; readonly heardAtMs: number }>();
  readonly #stopResting: () => void;
  readonly #loadedAt = Date.now();
  #name: string | undefined;
  #channel: TabChannel | undefined;
  #own: OpenTab | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #askedAtMs = 0;

  constructor(deps: TabRosterDeps) {
    this.#deps = deps;
    this.#stopResting = watchPageRest(
      () => this.#part(),
      () => this.#meet(),
    );
  }

  /** The page may be seen in this engagement. */
  join(engagementId: string): void {
    const name = `alongside:tabs:${engagementId}`;
    if (this.#name === name) return;
    this.leave();
    this.#name = name;
    this.#meet();
  }

  leave(): void {
    this.#part();
    this.#name = undefined;
  }

  /** Another tab is in front now, or this one's words may be others. */
  look(): void {
    if (this.#own === undefined) return;
    const { id, bornAt } = this.#own;
    this.#introduce({ id, bornAt });
    this.#tell();
  }

  /** Another tab shows itself now: its visitor has to know that it is another one. */
  fellBehind(): void {
    this.#channel?.postMessage({ kind: 'behind' });
  }

  close(): void {
    this.leave();
    this.#stopResting();
  }

  #meet(): void {
    if (this.#name === undefined || this.#own !== undefined) return;
    this.#channel = this.#deps.channel(this.#name);
    if (this.#channel !== undefined) this.#channel.onmessage = ({ data }) => this.#hear(readTabMessage(data));
    this.#introduce(this.#remembered());
    this.#ask();
    this.#timer = setInterval(() => this.#lookAgain(), LOOK_MS);
  }

  #part(): void {
    if (this.#own !== undefined) this.#channel?.postMessage({ kind: 'gone', id: this.#own.id });
    this.#channel?.close();
    this.#channel = undefined;
    this.#own = undefined;
    this.#others.clear();
    clearInterval(this.#timer);
  }

  /** Says who this tab is, unless it has said just that. */
  #introduce(self: Pick<OpenTab, 'id' | 'bornAt'>): void {
    const { title, path } = this.#deps.words();
    const own: OpenTab = {
      ...{ id: self.id, bornAt: self.bornAt, loadedAt: this.#loadedAt },
      ...(title === undefined ? {} : { title }),
      ...(path === undefined ? {} : { path }),
    };
    if (JSON.stringify(own) === JSON.stringify(this.#own)) return;
    this.#own = own;
    this.#deps.memory.set('tab', `${own.id} ${own.bornAt}`);
    this.#channel?.postMessage({ kind: 'here', tab: own });
  }

  #hear(message: TabMessage | undefined): void {
    const own = this.#own;
    if (message === undefined || own === undefined) return;
    if (message.kind === 'behind') this.#deps.onBehind();
    else if (message.kind === 'who') this.#channel?.postMessage({ kind: 'here', tab: own });
    else if (message.kind === 'gone') this.#others.delete(message.id);
    else if (message.tab.id === own.id) this.#partFromCopy(message.tab);
    else this.#note(message.tab);
    this.#tell();
  }

  /** A tab that was opened out of this one has its memory too: the later of the two is another from now on. */
  #partFromCopy({ loadedAt }: OpenTab): void {
    if (loadedAt <= this.#loadedAt) this.#introduce({ id: newTabId(), bornAt: Date.now() });
  }

  #note(tab: OpenTab): void {
    if (this.#others.size >= tabLimits.tabs - 1 && !this.#others.has(tab.id)) return;
    this.#others.set(tab.id, { tab, heardAtMs: Date.now() });
  }

  #lookAgain(): void {
    if (this.#deps.isInFront() && Date.now() - this.#askedAtMs >= ASK_MS) this.#ask();
    this.look();
  }

  #ask(): void {
    this.#askedAtMs = Date.now();
    for (const [id, { heardAtMs }] of this.#others) {
      if (this.#askedAtMs - heardAtMs > SILENT_MS) this.#others.delete(id);
    }
    this.#channel?.postMessage({ kind: 'who' });
  }

  #tell(): void {
    const own = this.#own;
    if (own === undefined || !this.#deps.isInFront()) return;
    const all = [own, ...[...this.#others.values()].map(({ tab }) => tab)];
    const sorted = [...all].sort((a, b) => a.bornAt - b.bornAt || a.id - b.id);
    this.#deps.onTabs(
      sorted.map(({ bornAt: _, loadedAt: __, ...tab }) => ({ ...tab, inFront: tab.id === own.id })),
    );
  }

  #remembered(): Pick<OpenTab, 'id' | 'bornAt'> {
    const [id = NaN, bornAt = NaN] = (this.#deps.memory.get('tab') ?? '').split(' ').map(Number);
    if (Number.isInteger(id) && Number.isFinite(bornAt)) return { id, bornAt };
    return { id: newTabId(), bornAt: Date.now() };
  }
}

/** Undefined in pages of no origin, and in browsers that have none. */
export function openTabChannel(name: string): TabChannel | undefined {
  try {
    return new BroadcastChannel(name) as TabChannel;
  } catch {
    // The other tabs are then not known of.
    return undefined;
  }
}

function newTabId(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
