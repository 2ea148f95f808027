/** The four clear steps of a key agreement, as the bodies of `hello` frames. They hold no page content. */

import { FRAME_HEADER_BYTES, writeFrameHeader } from '@alongside/protocol';
import type { Bytes } from './bytes.js';
import { concatBytes, fromBase64url, fromJson, toBase64url, utf8 } from './bytes.js';
import { HASH_BYTES, NONCE_BYTES, PUBLIC_KEY_BYTES } from './key-agreement.js';

/** Bytes of the name of a continuity secret. */
export const SECRET_NAME_BYTES = 9;
/** How many secrets of former pages an agent may offer to know. */
export const KNOWN_SECRETS = 4;

/** Visitor: fixes its key and nonce. */
export interface CommitHello {
  readonly step: 'commit';
  readonly commit: Bytes;
}

/** Agent: its key and nonce, and the names of the continuity secrets it holds. */
export interface AnswerHello {
  readonly step: 'answer';
  readonly publicKey: Bytes;
  readonly nonce: Bytes;
  readonly knows: readonly string[];
}

/** Visitor: what it had committed to, and the proof that it is the same as before, where it can give one. */
export interface RevealHello {
  readonly step: 'reveal';
  readonly publicKey: Bytes;
  readonly nonce: Bytes;
  readonly proof?: { readonly of: string; readonly mac: Bytes };
}

/** Agent: done, with its own proof if it accepted the visitor's. */
export interface ConfirmHello {
  readonly step: 'confirm';
  readonly mac?: Bytes;
}

export type Hello = CommitHello | AnswerHello | RevealHello | ConfirmHello;

/** The whole `hello` frame for a slot. */
export function writeHello(slot: number, hello: Hello): Bytes {
  const header = writeFrameHeader({ kind: 'hello', resend: false, slot, epoch: 0, sequence: 0 });
  return concatBytes(header, utf8(JSON.stringify(textForm(hello))));
}

function textForm(hello: Hello): Record<string, unknown> {
  switch (hello.step) {
    case 'commit':
      return { step: hello.step, commit: toBase64url(hello.commit) };
    case 'answer':
      return {
        step: hello.step,
        publicKey: toBase64url(hello.publicKey),
        nonce: toBase64url(hello.nonce),
        knows: hello.knows,
      };
    case 'reveal':
      return {
        step: hello.step,
        publicKey: toBase64url(hello.publicKey),
        nonce: toBase64url(hello.nonce),
        ...(hello.proof && { proof: { of: hello.proof.of, mac: toBase64url(hello.proof.mac) } }),
      };
    case 'confirm':
      return { step: hello.step, ...(hello.mac && { mac: toBase64url(hello.mac) }) };
  }
}

/** Reads the body of a `hello` frame; undefined when it is none of the four steps. */
export function readHello(frame: Bytes): Hello | undefined {
  const value = fromJson(frame.subarray(FRAME_HEADER_BYTES));
  if (!isRecord(value)) return undefined;
  switch (value.step) {
    case 'commit': {
      const commit = fromBase64url(value.commit, HASH_BYTES);
      return commit && { step: 'commit', commit };
    }
    case 'answer':
      return readAnswer(value);
    case 'reveal':
      return readReveal(value);
    case 'confirm':
      return readConfirm(value);
    default:
      return undefined;
  }
}

function readAnswer(value: Record<string, unknown>): AnswerHello | undefined {
  const { publicKey, nonce } = readKeyAndNonce(value);
  const knows = value.knows;
  if (!publicKey || !nonce || !Array.isArray(knows) || knows.length > KNOWN_SECRETS) return undefined;
  const names = knows.filter((name): name is string => fromBase64url(name, SECRET_NAME_BYTES) !== undefined);
  return names.length === knows.length ? { step: 'answer', publicKey, nonce, knows: names } : undefined;
}

function readReveal(value: Record<string, unknown>): RevealHello | undefined {
  const { publicKey, nonce } = readKeyAndNonce(value);
  if (!publicKey || !nonce) return undefined;
  const proof = value.proof;
  if (proof === undefined) return { step: 'reveal', publicKey, nonce };
  if (!isRecord(proof)) return undefined;
  const of = proof.of;
  const mac = fromBase64url(proof.mac, HASH_BYTES);
  if (!mac || typeof of !== 'string') return undefined;
  return { step: 'reveal', publicKey, nonce, proof: { of, mac } };
}

function readConfirm(value: Record<string, unknown>): ConfirmHello | undefined {
  if (value.mac === undefined) return { step: 'confirm' };
  const mac = fromBase64url(value.mac, HASH_BYTES);
  return mac && { step: 'confirm', mac };
}

function readKeyAndNonce(value: Record<string, unknown>): { publicKey?: Bytes; nonce?: Bytes } {
  const publicKey = fromBase64url(value.publicKey, PUBLIC_KEY_BYTES);
  const nonce = fromBase64url(value.nonce, NONCE_BYTES);
  return publicKey && nonce ? { publicKey, nonce } : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
