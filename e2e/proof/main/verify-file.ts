/** Checks a report and its detached signature, wherever they came from. */

import { readFile } from 'node:fs/promises';
import { fingerprint, verifyReport } from '../../../server/src/http/proof/proof-signature.js';

export interface Verified {
  readonly ok: boolean;
  /** For a person. */
  readonly line: string;
}

export async function verifyFile(file: string): Promise<Verified> {
  const [text, signature] = await Promise.all([readText(file), readText(`${file}.sig`)]);
  if (text === undefined) return { ok: false, line: `There is no file ${file}.` };
  if (signature === undefined) {
    return { ok: false, line: `There is no ${file}.sig: the signature belongs beside the report.` };
  }
  const verified = verifyReport({ text, signature });
  if (verified.ok) {
    const { result, form, date, publicKey } = verified.report;
    return {
      ok: true,
      line: `The signature holds: ${form} proof of ${date}, ${result}, key ${fingerprint(publicKey)}.`,
    };
  }
  const why =
    verified.reason === 'notAReport'
      ? 'this is no report that the proof writes'
      : 'the report is not what was signed, or the signature is of another key';
  return { ok: false, line: `The signature does not hold: ${why}.` };
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
