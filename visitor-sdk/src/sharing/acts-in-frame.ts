/**
 * What agents do in this framed page, as the page around hands it on: judged and carried out here, under the leases
 * that it tells of, and with its visitor asked where that is due.
 */

import type { IntentAnswer } from '@alongside/protocol';
import { isShownOnly } from '@alongside/protocol';
import type { ConfirmRequest, IncomingIntent } from '../cobrowse/cobrowse-controller.js';
import type { ControlPart } from '../cobrowse/control/control-part.js';
import type { Lease } from '../cobrowse/control/intent-gate.js';
import type { ActInFrame, FromFrame } from '../cobrowse/joined/join-words.js';
import type { PortActing, ShownOverPort } from './show-over-port.js';

export interface ActsInFrameDeps {
  readonly control: () => Promise<ControlPart>;
  /** Whether this page lets the pages around it do more in it than show where something is. */
  readonly mayAct: boolean;
  say(said: FromFrame): void;
}

export class ActsInFrame implements PortActing {
  readonly leases = { all: () => this.#inForce() };
  readonly #deps: ActsInFrameDeps;
  readonly #names = new Map<number, string>();
  readonly #questions = new Map<number, (yes: boolean) => void>();
  /** Acts that are under way, and those of them that may not be done any more. */
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #ceased = new Set<string>();
  #leases: readonly Lease[] = [];
  #asked = 0;

  constructor(deps: ActsInFrameDeps) {
    this.#deps = deps;
  }

  control(): Promise<ControlPart> {
    return this.#deps.control();
  }

  take(ask: ActInFrame, shown: Pick<ShownOverPort, 'act' | 'leave' | 'forget'>): void {
    switch (ask.ask) {
      case 'act':
        this.#names.set(ask.intent.slot, ask.name);
        this.#act(ask.intent, shown).catch(() => undefined);
        return;
      case 'leases':
        this.#leases = ask.leases;
        return;
      case 'cease': {
        const key = keyOf(ask.slot, ask.ref);
        if (this.#underWay.has(key)) this.#ceased.add(key);
        return;
      }
      case 'leave':
        shown.leave(ask.slot);
        return;
      case 'forget':
        shown.forget(ask.slot, ask.stroke);
        return;
      case 'confirmed':
        this.#questions.get(ask.question)?.(ask.yes);
        this.#questions.delete(ask.question);
    }
  }

  answer(slot: number, body: unknown): void {
    this.#deps.say({ kind: 'answer', slot, body });
  }

  agentName(slot: number): string {
    return this.#names.get(slot) ?? '';
  }

  confirm({ reason, label, slot }: ConfirmRequest & { readonly slot: number }): Promise<boolean> {
    this.#asked += 1;
    const question = this.#asked;
    this.#deps.say({ kind: 'confirm', question, slot, reason, label });
    return new Promise((resolve) => this.#questions.set(question, resolve));
  }

  /** Only where something may have been lent: this page comes and goes for reasons of its own. */
  onDoubt(): void {
    if (this.#leases.length > 0) this.#deps.say({ kind: 'doubt' });
  }

  async #act(intent: IncomingIntent, shown: Pick<ShownOverPort, 'act'>): Promise<void> {
    const ref = refOf(intent.body);
    const { slot } = intent;
    if (!this.#deps.mayAct && !isShownOnly(intent.intent)) {
      const refused: IntentAnswer = { outcome: 'refused', refusal: 'inFrame' };
      this.answer(slot, ref === undefined ? refused : { ...refused, ref });
      return;
    }
    // What has ceased holds up whatever comes after it, and does not prevent that as well.
    const held = isShownOnly(intent.intent) ? [] : [...this.#ceased].map((key) => this.#underWay.get(key));
    if (held.length > 0) await Promise.all(held);
    const key = keyOf(slot, ref ?? 0);
    const act = shown.act(intent);
    this.#underWay.set(key, act);
    try {
      await act;
    } finally {
      this.#underWay.delete(key);
      this.#ceased.delete(key);
    }
  }

  /** While something has ceased that is still under way, nothing is done but shown. */
  #inForce(): readonly Lease[] {
    if (this.#ceased.size === 0) return this.#leases;
    return this.#leases.map((lease) => ({ ...lease, kinds: lease.kinds.filter(isShownOnly) }));
  }
}

/** Its name alone: what it says is read where it is judged. */
function refOf(body: unknown): number | undefined {
  const { ref } = (body ?? {}) as { readonly ref?: unknown };
  return typeof ref === 'number' ? ref : undefined;
}

function keyOf(slot: number, ref: number): string {
  return `${slot} ${ref}`;
}
