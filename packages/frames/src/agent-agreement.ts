/** The agent's side of one key agreement: answer a commitment, check what is revealed, confirm. */

import type { Bytes } from './bytes.js';
import { equalBytes } from './bytes.js';
import type { ContinuityEntry } from './continuity.js';
import { createEntry, holdsEntry, proveEntry } from './continuity.js';
import type { Outcome } from './frame-fault.js';
import { done, faulty } from './frame-fault.js';
import type { AnswerHello, CommitHello, ConfirmHello, RevealHello } from './hello.js';
import { KNOWN_SECRETS, nameOfCommit } from './hello.js';
import type { Introduction } from './introduction.js';
import type { AgreementPlace, KeyPair } from './key-agreement.js';
import { agreeKeys, commitTo, compareCode, createNonce, hashTranscript } from './key-agreement.js';

/** What the agent's side knows after the reveal. */
export interface AgentIntroduction extends Introduction {
  readonly confirm: ConfirmHello;
  readonly visitorKey: Bytes;
  /** The secret that proved continuity, to be kept until the visitor has used the newer one. */
  readonly proved: ContinuityEntry | undefined;
}

export class AgentAgreement {
  readonly #pair: KeyPair;
  readonly #place: AgreementPlace;
  readonly #commit: Bytes;
  readonly #nonce = createNonce();
  #finished = false;

  constructor(pair: KeyPair, place: AgreementPlace, commit: CommitHello) {
    this.#pair = pair;
    this.#place = place;
    this.#commit = commit.commit;
  }

  answer(known: readonly ContinuityEntry[]): AnswerHello {
    const knows = known.slice(0, KNOWN_SECRETS).map((entry) => entry.name);
    return {
      step: 'answer',
      to: nameOfCommit(this.#commit),
      publicKey: this.#pair.publicKey,
      nonce: this.#nonce,
      knows,
    };
  }

  /** One reveal per commitment; a key that is not the committed one ends the agreement. */
  async conclude(
    reveal: RevealHello,
    known: readonly ContinuityEntry[],
  ): Promise<Outcome<AgentIntroduction>> {
    const to = nameOfCommit(this.#commit);
    if (this.#finished || reveal.to !== to) return faulty('wrongStep');
    this.#finished = true;
    const commit = await commitTo(reveal.publicKey, reveal.nonce, this.#place.engagement);
    if (!equalBytes(commit, this.#commit)) return faulty('commitMismatch');
    const spoken = {
      ...this.#place,
      visitorKey: reveal.publicKey,
      visitorNonce: reveal.nonce,
      agentKey: this.#pair.publicKey,
      agentNonce: this.#nonce,
    };
    const transcript = await hashTranscript(spoken);
    const keys = await agreeKeys(this.#pair.privateKey, reveal.publicKey, transcript, this.#place.label);
    if (keys === undefined) return faulty('malformed');
    const proved = await findProved(reveal, known, transcript);
    const code = proved?.code ?? (await compareCode(spoken));
    const mac = proved && (await proveEntry(proved, 'agent', transcript));
    return done({
      code,
      continuity: proved ? 'kept' : 'new',
      entry: await createEntry(keys.continuitySecret, code),
      keys,
      confirm: { step: 'confirm', to, ...(mac && { mac }) },
      visitorKey: reveal.publicKey,
      proved,
    });
  }
}

async function findProved(
  reveal: RevealHello,
  known: readonly ContinuityEntry[],
  transcript: Bytes,
): Promise<ContinuityEntry | undefined> {
  const { proof } = reveal;
  const entry = proof && known.find((candidate) => candidate.name === proof.of);
  if (entry === undefined || proof === undefined) return undefined;
  const held = await holdsEntry(entry, { party: 'visitor', transcript, mac: proof.mac });
  return held ? entry : undefined;
}
