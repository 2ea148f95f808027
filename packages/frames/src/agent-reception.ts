/** Takes what agents send to the visitor: the steps of the key agreement, then what they seal. */

import type { FrameHeader } from '@alongside/protocol';
import type { AgentMessage } from './agent-link.js';
import type { AgentPeer, AgentRoster } from './agent-roster.js';
import type { Bytes } from './bytes.js';
import type { ContinuityBook } from './continuity.js';
import type { FrameFault, Outcome } from './frame-fault.js';
import { done } from './frame-fault.js';
import type { PageStream } from './page-stream.js';
import type { SealingEngine } from './sealing-engine.js';

export interface AgentReceptionDeps {
  readonly engine: SealingEngine;
  readonly roster: AgentRoster;
  readonly book: ContinuityBook;
  readonly stream: PageStream;
  readonly onIntroduced: (peer: AgentPeer) => void;
  readonly onMessage: (peer: AgentPeer, message: AgentMessage) => void;
  readonly onFault: (fault: FrameFault) => void;
  readonly onBroken: () => void;
}

export class AgentReception {
  readonly #deps: AgentReceptionDeps;

  constructor(deps: AgentReceptionDeps) {
    this.#deps = deps;
  }

  /** Begins an agreement with the agent in the slot. */
  greet(peer: AgentPeer): void {
    const { engine, stream } = this.#deps;
    stream.put(engine.greet(peer.slot).then((hello) => done([hello])));
  }

  take(header: FrameHeader, frame: Bytes): void {
    const peer = this.#deps.roster.peer(header.slot);
    if (peer === undefined) this.#deps.onFault('unknownSlot');
    else if (header.kind !== 'hello') this.#open(peer, frame);
    else if (peer.stage === 'greeting') this.#reveal(peer, frame);
    else this.#conclude(peer, frame);
  }

  #reveal(peer: AgentPeer, frame: Bytes): void {
    const { engine, book, stream } = this.#deps;
    const revealed = engine.reveal(peer.slot, frame, book.entries(peer.agent));
    stream.put(
      revealed.then((outcome) => {
        if (!outcome.ok) return outcome;
        peer.stage = 'revealed';
        peer.agentKey = outcome.value.agentKey;
        return done([outcome.value.hello]);
      }),
    );
  }

  #conclude(peer: AgentPeer, frame: Bytes): void {
    this.#judge(this.#deps.engine.conclude(peer.slot, frame), peer, (introduced) => {
      peer.stage = 'introduced';
      peer.code = introduced.code;
      peer.continuity = introduced.continuity;
      this.#deps.book.replace(peer.agent, introduced.entry);
      this.#deps.onIntroduced(peer);
    });
  }

  #open(peer: AgentPeer, frame: Bytes): void {
    this.#judge(this.#deps.engine.open(peer.slot, frame), peer, (message) => {
      this.#deps.onMessage(peer, message);
    });
  }

  /** The agent may have gone, and its slot may be another's, while the engine was at work. */
  #judge<T>(work: Promise<Outcome<T>>, peer: AgentPeer, act: (value: T) => void): void {
    work.then(
      (outcome) => {
        if (this.#deps.roster.peer(peer.slot) !== peer) return;
        if (outcome.ok) act(outcome.value);
        else this.#deps.onFault(outcome.fault);
      },
      () => this.#deps.onBroken(),
    );
  }
}
