/** An agent's part in agreeing on the keys of a call: it answers the visitor, and takes the epochs that it is given. */

import type { CallKeyStep } from '@alongside/protocol';
import { readFrameHeader } from '@alongside/protocol';
import { AgentAgreement } from '../agent-agreement.js';
import { ContinuityBook } from '../continuity.js';
import { systemClock } from '../frame-clock.js';
import { writeHello } from '../hello.js';
import { createKeyPair } from '../key-agreement.js';
import { openFrame, RAW_KEY_BYTES } from '../sealing.js';
import type { MediaKeysDeps } from './media-key-steps.js';
import { FORGET_MS, MEDIA_LABEL, newStepper, readAgree } from './media-key-steps.js';

/** As long as there is no key it is asked for again: the visitor's page may not have been there yet. */
const ASK_AGAIN_MS = 6000;

export class AgentMediaKeys {
  readonly #deps: MediaKeysDeps;
  readonly #clock;
  readonly #stepper;
  readonly #pair = createKeyPair();
  readonly #book: ContinuityBook;
  #visitor: string | undefined;
  #agreement: { readonly with: AgentAgreement; readonly slot: number } | undefined;
  #unwrap: { readonly key: CryptoKey; readonly slot: number; nextSequence: number } | undefined;
  #cancelAsk: (() => void) | undefined;
  #cancelForget: (() => void) | undefined;

  constructor(deps: MediaKeysDeps) {
    this.#deps = deps;
    this.#clock = deps.clock ?? systemClock;
    this.#book = new ContinuityBook(undefined, deps.place);
    this.#stepper = newStepper(deps, (step) => this.#take(step));
  }

  start(): void {
    this.#stepper.send({ step: 'here' });
    this.#cancelAsk?.();
    this.#cancelAsk = this.#clock.after(ASK_AGAIN_MS, () => this.start());
  }

  take(step: CallKeyStep, _agentId?: string): void {
    this.#stepper.take(step);
  }

  close(): void {
    this.#stepper.close();
    this.#cancelAsk?.();
    this.#cancelForget?.();
  }

  async #take({ from, step, bytes }: CallKeyStep): Promise<void> {
    // The visitor's page has come or come back, or has heard nothing of this one in time.
    if (step === 'here') return this.start();
    if (step === 'gone' && from === this.#visitor) this.#deps.onGone?.(from);
    const read = readAgree(bytes);
    if (step === 'agree' && read !== undefined) await this.#agree(from, read);
    if (step === 'key' && read !== undefined && from === this.#visitor) await this.#takeKey(from, read.frame);
  }

  async #agree(from: string, { hello, slot }: NonNullable<ReturnType<typeof readAgree>>): Promise<void> {
    const known = this.#book.entries(from);
    if (hello?.step === 'commit') {
      const place = { engagement: this.#deps.place, slot, label: MEDIA_LABEL };
      const agreement = new AgentAgreement(await this.#pair, place, hello);
      this.#agreement = { with: agreement, slot };
      this.#stepper.send({ step: 'agree', to: from }, writeHello(slot, agreement.answer(known)));
      return;
    }
    if (hello?.step !== 'reveal' || this.#agreement === undefined) return;
    const agreed = this.#agreement;
    const concluded = await agreed.with.conclude(hello, known);
    if (!concluded.ok) return;
    const { entry, proved, keys, code, continuity, confirm } = concluded.value;
    this.#book.replace(from, entry, proved);
    // There is one visitor: who was it before is gone, with the page that they were on.
    if (this.#visitor !== undefined && this.#visitor !== from) this.#deps.onGone?.(this.#visitor);
    this.#visitor = from;
    this.#agreement = undefined;
    this.#unwrap = { key: keys.visitorWraps, slot: agreed.slot, nextSequence: 0 };
    this.#deps.onAgreed({ code, continuity, peer: from });
    this.#stepper.send({ step: 'agree', to: from }, writeHello(agreed.slot, confirm));
  }

  async #takeKey(from: string, frame: Uint8Array<ArrayBuffer>): Promise<void> {
    const header = readFrameHeader(frame);
    const unwrap = this.#unwrap;
    if (header?.kind !== 'key' || unwrap === undefined || header.slot !== unwrap.slot) return;
    if (header.sequence < unwrap.nextSequence) return;
    const place = { engagement: this.#deps.place, sender: 'visitor' } as const;
    const secret = await openFrame(unwrap.key, frame, place);
    if (secret?.byteLength !== RAW_KEY_BYTES) return;
    unwrap.nextSequence = header.sequence + 1;
    this.#cancelAsk?.();
    const { epoch } = header;
    const { ring } = this.#deps;
    ring.hold({ epoch, secret, ownSlot: unwrap.slot });
    // The visitor holds it already, and any other agent is given it at the same time.
    ring.sealUnder(epoch);
    this.#stepper.send({ step: 'have', to: from }, frame.slice(0, 12));
    this.#cancelForget?.();
    this.#cancelForget = this.#clock.after(FORGET_MS, () => ring.keepOnly(epoch));
  }
}
