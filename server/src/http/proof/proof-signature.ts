/** The signature of a report: Ed25519 by a key of the installation, over the report's canonical JSON. */

import type { KeyObject } from 'node:crypto';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from './canonical-json.js';
import { type ProofReport, readProofReport } from './proof-report.js';

/** Kept with the other keys in the data folder; made where there is none yet. */
export async function provideProofKey(keysFolder: string): Promise<KeyObject> {
  await mkdir(keysFolder, { recursive: true, mode: 0o700 });
  const file = proofKeyFile(keysFolder);
  const kept = await readProofKey(keysFolder);
  if (kept !== undefined) return kept;
  const made = `${file}.${process.pid}`;
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(made, pem, { mode: 0o600, flag: 'wx' });
  // Two proofs may begin at once: the first to link wins, and both read that one.
  await link(made, file).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  await rm(made);
  return createPrivateKey(await readFile(file));
}

/** Undefined where no proof has made one. */
export async function readProofKey(keysFolder: string): Promise<KeyObject | undefined> {
  try {
    return createPrivateKey(await readFile(proofKeyFile(keysFolder)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function proofKeyFile(keysFolder: string): string {
  return join(keysFolder, 'proof-key.pem');
}

/** As it stands in the report. */
export function publicKeyText(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
}

/** Short enough to be read out: two people compare it, one at each end. */
export function fingerprint(publicKey: string): string {
  const hash = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');
  return hash.slice(0, 32).replaceAll(/(.{4})(?=.)/g, '$1 ');
}

export interface SignedReport {
  /** The canonical JSON, which is what was signed. */
  readonly text: string;
  /** Base64, detached: a file of its own beside the report. */
  readonly signature: string;
}

export function signReport(report: ProofReport, key: KeyObject): SignedReport {
  const text = canonicalJson(report);
  return { text, signature: sign(null, Buffer.from(text), key).toString('base64') };
}

export type Verification =
  | { readonly ok: true; readonly report: ProofReport }
  | { readonly ok: false; readonly reason: 'notAReport' | 'notSigned' };

/** Layout does not matter: the canonical form is made anew, and the key is the one that the report names. */
export function verifyReport({ text, signature }: SignedReport): Verification {
  const report = readProofReport(parseJson(text));
  if (report === undefined) return { ok: false, reason: 'notAReport' };
  return isSigned(report, signature) ? { ok: true, report } : { ok: false, reason: 'notSigned' };
}

function isSigned(report: ProofReport, signature: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(report.publicKey, 'base64'),
      type: 'spki',
      format: 'der',
    });
    if (key.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, Buffer.from(canonicalJson(report)), key, Buffer.from(signature.trim(), 'base64'));
  } catch {
    // What is no key has signed nothing.
    return false;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
