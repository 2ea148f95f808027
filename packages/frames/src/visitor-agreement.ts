/** The visitor's side of one key agreement: commit, read the answer, reveal, read the confirmation. */

import type { Bytes } from './bytes.js';
import type { ContinuityEntry } from './continuity.js';
import { createEntry, holdsEntry, proveEntry } from './continuity.js';
import type { Outcome } from './frame-fault.js';
import { done, faulty } from './frame-fault.js';
import type { AnswerHello, CommitHello, ConfirmHello, RevealHello } from './hello.js';
import { nameOfCommit } from './hello.js';
import type { Introduction } from './introduction.js';
import type { AgreedKeys, AgreementPlace, KeyPair } from './key-agreement.js';
import { agreeKeys, commitTo, compareCode, createNonce, hashTranscript } from './key-agreement.js';

interface Revealed {
  readonly transcript: Bytes;
  readonly code: string;
  readonly keys: AgreedKeys;
  readonly shared: ContinuityEntry | undefined;
}

export class VisitorAgreement {
  readonly #pair: KeyPair;
  readonly #place: AgreementPlace;
  readonly #nonce = createNonce();
  #name = '';
  #revealed: Revealed | undefined;

  constructor(pair: KeyPair, place: AgreementPlace) {
    this.#pair = pair;
    this.#place = place;
  }

  async commit(): Promise<CommitHello> {
    const commit = await commitTo(this.#pair.publicKey, this.#nonce, this.#place.engagement);
    this.#name = nameOfCommit(commit);
    return { step: 'commit', commit };
  }

  /** One answer per commitment: a second would let a relay look at the reveal and then choose its key. */
  async reveal(answer: AnswerHello, known: readonly ContinuityEntry[]): Promise<Outcome<RevealHello>> {
    if (this.#revealed !== undefined || answer.to !== this.#name) return faulty('wrongStep');
    const spoken = {
      ...this.#place,
      visitorKey: this.#pair.publicKey,
      visitorNonce: this.#nonce,
      agentKey: answer.publicKey,
      agentNonce: answer.nonce,
    };
    const transcript = await hashTranscript(spoken);
    const keys = await agreeKeys(this.#pair.privateKey, answer.publicKey, transcript, this.#place.label);
    if (keys === undefined) return faulty('malformed');
    const shared = known.find((entry) => answer.knows.includes(entry.name));
    this.#revealed = { transcript, keys, shared, code: await compareCode(spoken) };
    const proof = shared && { of: shared.name, mac: await proveEntry(shared, 'visitor', transcript) };
    return done({
      step: 'reveal',
      to: this.#name,
      publicKey: this.#pair.publicKey,
      nonce: this.#nonce,
      ...(proof && { proof }),
    });
  }

  async conclude(confirm: ConfirmHello): Promise<Outcome<Introduction>> {
    if (this.#revealed === undefined || confirm.to !== this.#name) return faulty('wrongStep');
    const { transcript, keys, shared, code } = this.#revealed;
    const proof = confirm.mac && { party: 'agent' as const, transcript, mac: confirm.mac };
    const kept = shared !== undefined && proof !== undefined && (await holdsEntry(shared, proof));
    const shown = kept ? shared.code : code;
    const entry = await createEntry(keys.continuitySecret, shown);
    return done({ code: shown, continuity: kept ? 'kept' : 'new', entry, keys });
  }
}
