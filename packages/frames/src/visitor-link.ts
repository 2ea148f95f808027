/** The agent's link to the visitor's page on one connection: the agreement, the keys it gives, what is sealed. */

import type { FrameHeader } from '@alongside/protocol';
import type { AgentIntroduction } from './agent-agreement.js';
import { AgentAgreement } from './agent-agreement.js';
import { AgentSealer } from './agent-sealer.js';
import type { Bytes } from './bytes.js';
import type { ContinuityBook } from './continuity.js';
import type { Outcome } from './frame-fault.js';
import { done, faulty } from './frame-fault.js';
import { readHello, writeHello } from './hello.js';
import type { KeyPair } from './key-agreement.js';
import { readGrant } from './key-frame.js';
import { ReceivedEpoch } from './received-epoch.js';
import { openFrame } from './sealing.js';

/** There is one visitor in an engagement, so its secrets need no other name. */
const VISITOR = 'visitor';

export interface VisitorLinkDeps {
  readonly engagement: string;
  readonly slot: number;
  readonly pair: Promise<KeyPair>;
  readonly book: ContinuityBook;
}

/** What a hello led to. */
export interface HelloStep {
  readonly reply: Bytes;
  readonly introduction?: AgentIntroduction;
}

export class VisitorLink {
  readonly #deps: VisitorLinkDeps;
  #agreement: AgentAgreement | undefined;
  #unwrapKey: CryptoKey | undefined;
  #nextKeySequence = 0;
  #sealer: AgentSealer | undefined;

  constructor(deps: VisitorLinkDeps) {
    this.#deps = deps;
  }

  /** Undefined before the keys are agreed on. */
  get sealer(): AgentSealer | undefined {
    return this.#sealer;
  }

  async takeHello(frame: Bytes): Promise<Outcome<HelloStep>> {
    const { engagement, slot, book } = this.#deps;
    const hello = readHello(frame);
    const known = book.entries(VISITOR);
    if (hello === undefined) return faulty('malformed');
    if (hello.step === 'commit') {
      this.#agreement = new AgentAgreement(await this.#deps.pair, { engagement, slot }, hello);
      return done({ reply: writeHello(slot, this.#agreement.answer(known)) });
    }
    if (hello.step !== 'reveal' || this.#agreement === undefined) return faulty('wrongStep');
    const concluded = await this.#agreement.conclude(hello, known);
    if (!concluded.ok) return concluded;
    const introduction = concluded.value;
    book.replace(VISITOR, introduction.entry, introduction.proved);
    this.#agreement = undefined;
    this.#unwrapKey = introduction.keys.visitorWraps;
    this.#nextKeySequence = 0;
    this.#sealer = new AgentSealer({ engagement, slot, wrapKey: introduction.keys.agentWraps });
    return done({ reply: writeHello(slot, introduction.confirm), introduction });
  }

  /** Opens a `key` frame: an epoch of the visitor's page. */
  async takeKey(header: FrameHeader, frame: Bytes): Promise<Outcome<ReceivedEpoch>> {
    const { engagement } = this.#deps;
    if (this.#unwrapKey === undefined) return faulty('wrongStep');
    const plain = await openFrame(this.#unwrapKey, frame, { engagement, sender: 'visitor' });
    if (plain === undefined) return faulty('notAuthentic');
    if (header.sequence < this.#nextKeySequence) return faulty('replayed');
    this.#nextKeySequence = header.sequence + 1;
    const grant = readGrant(plain);
    if (grant === undefined) return faulty('malformed');
    return done(await ReceivedEpoch.create({ number: header.epoch, engagement }, grant));
  }
}
