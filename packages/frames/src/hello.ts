/**
 * The four clear steps of a key agreement, as the bodies of `hello` frames. They hold no page content.
 *
 * Every step after the first names the commitment that it belongs to: around a reconnection a step of the
 * agreement before can still be on its way, and must neither count in the new one nor look like an attack.
 */

import { FRAME_HEADER_BYTES, writeFrameHeader } from '@alongside/protocol';
import type { Bytes } from './bytes.js';
import { concatBytes, fromBase64url, fromJson, toBase64url, utf8 } from './bytes.js';
import { HASH_BYTES, NONCE_BYTES, PUBLIC_KEY_BYTES } from './key-agreement.js';

/** Bytes of the name of a commitment, and of a continuity secret. */
export const NAME_BYTES = 9;
/** How many secrets of former pages an agent may offer to know. */
export const KNOWN_SECRETS = 4;

/** Visitor: fixes its key and nonce. */
export interface CommitHello {
  readonly step: 'commit';
  readonly commit: Bytes;
}

/** A step that follows a commitment. */
interface FollowingHello {
  /** The first bytes of the commitment, base64url. */
  readonly to: string;
}

/** Agent: its key and nonce, and the names of the continuity secrets it holds. */
export interface AnswerHello extends FollowingHello {
  readonly step: 'answer';
  readonly publicKey: Bytes;
  readonly nonce: Bytes;
  readonly knows: readonly string[];
}

/** Visitor: what it had committed to, and the proof that it is the same as before, where it can give one. */
export interface RevealHello extends FollowingHello {
  readonly step: 'reveal';
  readonly publicKey: Bytes;
  readonly nonce: Bytes;
  readonly proof?: { readonly of: string; readonly mac: Bytes };
}

/** Agent: done, with its own proof if it accepted the visitor's. */
export interface ConfirmHello extends FollowingHello {
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
        to: hello.to,
        publicKey: toBase64url(hello.publicKey),
        nonce: toBase64url(hello.nonce),
        knows: hello.knows,
      };
    case 'reveal':
      return {
        step: hello.step,
        to: hello.to,
        publicKey: toBase64url(hello.publicKey),
        nonce: toBase64url(hello.nonce),
        ...(hello.proof && { proof: { of: hello.proof.of, mac: toBase64url(hello.proof.mac) } }),
      };
    case 'confirm':
      return { step: hello.step, to: hello.to, ...(hello.mac && { mac: toBase64url(hello.mac) }) };
  }
}

/** The name that the following steps give to a commitment. */
export function nameOfCommit(commit: Bytes): string {
  return toBase64url(commit.subarray(0, NAME_BYTES));
}

/** Reads the body of a `hello` frame; undefined when it is none of the four steps. */
export function readHello(frame: Bytes): Hello | undefined {
  const value = fromJson(frame.subarray(FRAME_HEADER_BYTES));
  if (!isRecord(value)) return undefined;
  if (value.step === 'commit') {
    const commit = fromBase64url(value.commit, HASH_BYTES);
    return commit && { step: 'commit', commit };
  }
  const { to } = value;
  if (typeof to !== 'string' || fromBase64url(to, NAME_BYTES) === undefined) return undefined;
  switch (value.step) {
    case 'answer':
      return readAnswer(value, to);
    case 'reveal':
      return readReveal(value, to);
    case 'confirm':
      return readConfirm(value, to);
    default:
      return undefined;
  }
}

function readAnswer(value: Record<string, unknown>, to: string): AnswerHello | undefined {
  const { publicKey, nonce } = readKeyAndNonce(value);
  const knows = value.knows;
  if (!publicKey || !nonce || !Array.isArray(knows) || knows.length > KNOWN_SECRETS) return undefined;
  const names = knows.filter((name): name is string => fromBase64url(name, NAME_BYTES) !== undefined);
  return names.length === knows.length ? { step: 'answer', to, publicKey, nonce, knows: names } : undefined;
}

function readReveal(value: Record<string, unknown>, to: string): RevealHello | undefined {
  const { publicKey, nonce } = readKeyAndNonce(value);
  if (!publicKey || !nonce) return undefined;
  const { proof } = value;
  if (proof === undefined) return { step: 'reveal', to, publicKey, nonce };
  if (!isRecord(proof)) return undefined;
  const { of } = proof;
  const mac = fromBase64url(proof.mac, HASH_BYTES);
  if (!mac || typeof of !== 'string') return undefined;
  return { step: 'reveal', to, publicKey, nonce, proof: { of, mac } };
}

function readConfirm(value: Record<string, unknown>, to: string): ConfirmHello | undefined {
  if (value.mac === undefined) return { step: 'confirm', to };
  const mac = fromBase64url(value.mac, HASH_BYTES);
  return mac && { step: 'confirm', to, mac };
}

function readKeyAndNonce(value: Record<string, unknown>): { publicKey?: Bytes; nonce?: Bytes } {
  const publicKey = fromBase64url(value.publicKey, PUBLIC_KEY_BYTES);
  const nonce = fromBase64url(value.nonce, NONCE_BYTES);
  return publicKey && nonce ? { publicKey, nonce } : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
