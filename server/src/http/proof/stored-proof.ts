/** The newest report of an installation, in the folder `proof` of its data folder. */

import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProofReport } from './proof-report.js';
import { publicKeyText, readProofKey, type SignedReport, verifyReport } from './proof-signature.js';

export const REPORT_NAME = 'never-stored-report.json';
export const SIGNATURE_NAME = `${REPORT_NAME}.sig`;

export interface StoredProof extends SignedReport {
  readonly report: ProofReport;
}

export type ProofReading =
  | { readonly state: 'none' }
  /** It was changed after it was signed, or signed with a key of another installation. */
  | { readonly state: 'broken' }
  | { readonly state: 'signed'; readonly proof: StoredProof };

export interface ProofPlaces {
  readonly folder: string;
  readonly keysFolder: string;
}

export function proofPlaces(dataDir: string): ProofPlaces {
  return { folder: join(dataDir, 'proof'), keysFolder: join(dataDir, 'keys') };
}

/** Only what this installation has signed itself is shown as its proof. */
export async function readStoredProof({ folder, keysFolder }: ProofPlaces): Promise<ProofReading> {
  const [text, signature, key] = await Promise.all([
    readText(join(folder, REPORT_NAME)),
    readText(join(folder, SIGNATURE_NAME)),
    readProofKey(keysFolder),
  ]);
  if (text === undefined) return { state: 'none' };
  if (signature === undefined || key === undefined) return { state: 'broken' };
  const verified = verifyReport({ text, signature });
  if (!verified.ok || verified.report.publicKey !== publicKeyText(key)) return { state: 'broken' };
  return { state: 'signed', proof: { text, signature: signature.trim(), report: verified.report } };
}

/** The signature last: a reader in between sees a report that is not signed, and says so. */
export async function storeProof(folder: string, { text, signature }: SignedReport): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await replace(join(folder, REPORT_NAME), text);
  await replace(join(folder, SIGNATURE_NAME), `${signature}\n`);
}

async function replace(file: string, text: string): Promise<void> {
  const next = `${file}.${process.pid}`;
  await writeFile(next, text, { mode: 0o644 });
  await chmod(next, 0o644);
  await rename(next, file);
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
