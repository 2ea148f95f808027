/**
 * The visitor's part in agreeing on the keys of a call: with each agent as for the co-browse, and then it gives all of
 * them the secret of an epoch, new whenever one of them comes or goes.
 */

import type { CallKeyStep } from '@alongside/protocol';
import { readFrameHeader, writeFrameHeader } from '@alongside/protocol';
import type { Bytes } from '../bytes.js';
import { randomBytes } from '../bytes.js';
import { ContinuityBook } from '../continuity.js';
import { systemClock } from '../frame-clock.js';
import { writeHello } from '../hello.js';
import { createKeyPair } from '../key-agreement.js';
import { RAW_KEY_BYTES, sealFrame } from '../sealing.js';
import { VisitorAgreement } from '../visitor-agreement.js';
import { EPOCHS, LAST_SLOT, VISITOR_SLOT } from './media-key-id.js';
import type { MediaKeysDeps } from './media-key-steps.js';
import { FORGET_MS, MEDIA_LABEL, newStepper, readAgree } from './media-key-steps.js';

/** Who has not agreed by then, or not said that they have an epoch's key, is not there any more. */
const HAVE_MS = 8000;

interface Peer {
  readonly slot: number;
  /** Whose page it is, by the service's word: its name is only what it calls itself. */
  readonly agentId: string | undefined;
  readonly agreement: VisitorAgreement;
  wrapKey?: CryptoKey;
  keysSent: number;
}

export class VisitorMediaKeys {
  readonly #deps: MediaKeysDeps;
  readonly #clock;
  readonly #stepper;
  readonly #pair = createKeyPair();
  readonly #book: ContinuityBook;
  readonly #peers = new Map<string, Peer>();
  readonly #awaited = new Set<string>();
  #epoch = randomBytes(1)[0] ?? 0;
  #inUse: number | undefined;
  #cancelWait: (() => void) | undefined;
  #cancelForget: (() => void) | undefined;

  constructor(deps: MediaKeysDeps) {
    this.#deps = deps;
    this.#clock = deps.clock ?? systemClock;
    this.#book = new ContinuityBook(undefined, deps.place);
    this.#stepper = newStepper(deps, (step, agentId) => this.#take(step, agentId));
  }

  /** Also after a time in which nothing may have come through: everybody answers, and agrees anew. */
  start(): void {
    this.#stepper.send({ step: 'here' });
  }

  take(step: CallKeyStep, agentId?: string): void {
    this.#stepper.take(step, agentId);
  }

  /** Who is out of the call keeps no key that is of use, whether or not their page says that it goes. */
  keepAgents(present: ReadonlySet<string>): void {
    this.#stepper.then(() =>
      this.#drop(this.#namesOf(({ agentId }) => agentId !== undefined && !present.has(agentId))),
    );
  }

  close(): void {
    this.#stepper.close();
    this.#cancelWait?.();
    this.#cancelForget?.();
    this.#peers.clear();
  }

  async #take({ from, step, bytes }: CallKeyStep, agentId: string | undefined): Promise<void> {
    const peer = this.#peers.get(from);
    // Nobody speaks under a colleague's name.
    if (peer !== undefined && peer.agentId !== agentId) return;
    if (step === 'here') return this.#greet(from, agentId);
    if (peer === undefined) return;
    if (step === 'agree') return this.#agree(from, peer, bytes);
    if (step === 'have') this.#has(from, bytes);
    if (step === 'gone') await this.#drop([from]);
  }

  async #greet(from: string, agentId: string | undefined): Promise<void> {
    // An agent is in the call with one page: under another name it is their next one, and takes no further place.
    if (agentId !== undefined) {
      await this.#drop(this.#namesOf((peer, name) => peer.agentId === agentId && name !== from));
    }
    const slot = this.#peers.get(from)?.slot ?? this.#freeSlot();
    if (slot === undefined) return;
    const place = { engagement: this.#deps.place, slot, label: MEDIA_LABEL };
    const agreement = new VisitorAgreement(await this.#pair, place);
    const peer: Peer = { slot, agentId, agreement, keysSent: 0 };
    this.#peers.set(from, peer);
    this.#clock.after(HAVE_MS, () =>
      this.#stepper.then(async () => {
        if (this.#peers.get(from) === peer && peer.wrapKey === undefined) await this.#lose([from]);
      }),
    );
    this.#stepper.send({ step: 'agree', to: from }, writeHello(slot, await agreement.commit()));
  }

  async #agree(from: string, peer: Peer, bytes: string | undefined): Promise<void> {
    const hello = readAgree(bytes)?.hello;
    const known = this.#book.entries(from);
    if (hello?.step === 'answer') {
      const revealed = await peer.agreement.reveal(hello, known);
      if (!revealed.ok) return;
      this.#stepper.send({ step: 'agree', to: from }, writeHello(peer.slot, revealed.value));
      return;
    }
    if (hello?.step !== 'confirm' || peer.wrapKey !== undefined) return;
    const concluded = await peer.agreement.conclude(hello);
    if (!concluded.ok) return;
    const { entry, keys, code, continuity } = concluded.value;
    this.#book.replace(from, entry);
    peer.wrapKey = keys.visitorWraps;
    this.#deps.onAgreed({ code, continuity, peer: from, agentId: peer.agentId });
    await this.#beginEpoch();
  }

  async #drop(names: readonly string[]): Promise<void> {
    const had = names.filter((name) => this.#peers.delete(name));
    for (const peer of had) this.#deps.onGone?.(peer);
    if (had.length > 0) await this.#beginEpoch();
  }

  /** Of whom nothing was heard in time; only a step of theirs may be lost, and then they agree anew. */
  async #lose(names: readonly string[]): Promise<void> {
    await this.#drop(names);
    for (const to of names) this.#stepper.send({ step: 'here', to });
  }

  #namesOf(isMeant: (peer: Peer, name: string) => boolean): readonly string[] {
    return [...this.#peers].filter(([name, peer]) => isMeant(peer, name)).map(([name]) => name);
  }

  /** What came before stays readable for a moment: it may be on its way still. */
  async #beginEpoch(): Promise<void> {
    this.#epoch = (this.#epoch + 1) % EPOCHS;
    const epoch = this.#epoch;
    const secret = randomBytes(RAW_KEY_BYTES);
    this.#awaited.clear();
    this.#cancelWait?.();
    // What is in use until somebody has the new one must not be forgotten, nor the new one with what came before.
    this.#cancelForget?.();
    for (const [name, peer] of this.#peers) {
      if (peer.wrapKey === undefined) continue;
      this.#awaited.add(name);
      this.#stepper.send({ step: 'key', to: name }, await this.#wrapped(peer, peer.wrapKey, secret));
    }
    this.#deps.ring.hold({ epoch, secret, ownSlot: VISITOR_SLOT });
    if (this.#awaited.size === 0) return this.#use(epoch);
    this.#cancelWait = this.#clock.after(HAVE_MS, () =>
      this.#stepper.then(() => this.#lose([...this.#awaited])),
    );
  }

  #wrapped(peer: Peer, wrapKey: CryptoKey, plain: Bytes): Promise<Bytes> {
    const { slot } = peer;
    const place = {
      kind: 'key',
      resend: false,
      slot,
      epoch: this.#epoch,
      sequence: peer.keysSent++,
    } as const;
    const parts = { header: writeFrameHeader(place), plain };
    return sealFrame(wrapKey, parts, { engagement: this.#deps.place, sender: 'visitor' });
  }

  #has(from: string, bytes: string | undefined): void {
    const header = readAgree(bytes)?.frame;
    if (header === undefined || readFrameHeader(header)?.epoch !== this.#epoch) return;
    // The first who has it is spoken to with it: whoever is slower misses a moment, and nobody waits for the gone.
    if (this.#inUse !== this.#epoch) this.#use(this.#epoch);
    this.#awaited.delete(from);
    if (this.#awaited.size === 0) this.#cancelWait?.();
  }

  #use(epoch: number): void {
    const { ring } = this.#deps;
    this.#inUse = epoch;
    ring.sealUnder(epoch);
    this.#cancelForget?.();
    this.#cancelForget = this.#clock.after(FORGET_MS, () => ring.keepOnly(epoch));
  }

  #freeSlot(): number | undefined {
    const taken = new Set([...this.#peers.values()].map(({ slot }) => slot));
    for (let slot = 1; slot <= LAST_SLOT; slot += 1) if (!taken.has(slot)) return slot;
    return undefined;
  }
}
