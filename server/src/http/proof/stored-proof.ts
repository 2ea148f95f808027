/** The newest reports of an installation, of either form, in the folder `proof` of its data folder. */

import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProofReport } from './proof-report.js';
import { publicKeyText, readProofKey, type SignedReport, verifyReport } from './proof-signature.js';

export type ProofForm = ProofReport['form'];

/** Each form replaces its own only: what the full one has shown is not lost to a short one. */
export const reportNames: Readonly<Record<ProofForm, string>> = {
  full: 'never-stored-report.json',
  short: 'never-stored-report-short.json',
};

export function signatureName(form: ProofForm): string {
  return `${reportNames[form]}.sig`;
}

export interface StoredProof extends SignedReport {
  readonly report: ProofReport;
}

export type ProofReading =
  | { readonly state: 'none' }
  /** It was changed after it was signed, or signed with a key of another installation. */
  | { readonly state: 'broken' }
  | {
      readonly state: 'signed';
      /** The newest full one; where there is none, the newest short one. */
      readonly proof: StoredProof;
      /** The last short one, where a full one is shown. */
      readonly lastShort?: ProofReport;
    };

export interface ProofPlaces {
  readonly folder: string;
  readonly keysFolder: string;
}

export function proofPlaces(dataDir: string): ProofPlaces {
  return { folder: join(dataDir, 'proof'), keysFolder: join(dataDir, 'keys') };
}

/** Only what this installation has signed itself is shown as its proof. */
export async function readStoredProof(places: ProofPlaces): Promise<ProofReading> {
  const [full, short] = await Promise.all([readReport(places, 'full'), readReport(places, 'short')]);
  if (full.state !== 'signed') return full.state === 'none' ? short : full;
  if (short.state !== 'signed') return full;
  return { ...full, lastShort: short.proof.report };
}

/** As it was signed, for a download; undefined where this installation has signed none of that form. */
export async function readSigned(places: ProofPlaces, form: ProofForm): Promise<SignedReport | undefined> {
  const reading = await readReport(places, form);
  return reading.state === 'signed' ? reading.proof : undefined;
}

async function readReport({ folder, keysFolder }: ProofPlaces, form: ProofForm): Promise<ProofReading> {
  const [text, signature, key] = await Promise.all([
    readText(join(folder, reportNames[form])),
    readText(join(folder, signatureName(form))),
    readProofKey(keysFolder),
  ]);
  if (text === undefined) return { state: 'none' };
  if (signature === undefined || key === undefined) return { state: 'broken' };
  const verified = verifyReport({ text, signature });
  if (!verified.ok || verified.report.publicKey !== publicKeyText(key)) return { state: 'broken' };
  // One form under the name of the other would hide what it replaced.
  if (verified.report.form !== form) return { state: 'broken' };
  return { state: 'signed', proof: { text, signature: signature.trim(), report: verified.report } };
}

/** Whether a short run since the full one that is shown has found the promise broken. */
export function isOvertaken(reading: Extract<ProofReading, { state: 'signed' }>): boolean {
  const { proof, lastShort } = reading;
  return lastShort?.result === 'violated' && lastShort.date > proof.report.date;
}

/** The signature last: a reader in between sees a report that is not signed, and says so. */
export async function storeProof(
  folder: string,
  { text, signature }: SignedReport,
  form: ProofForm,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await replace(join(folder, reportNames[form]), text);
  await replace(join(folder, signatureName(form)), `${signature}\n`);
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
