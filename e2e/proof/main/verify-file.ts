/** Checks a report and its detached signature, wherever they came from, against a key that is known from elsewhere. */

import { readFile } from 'node:fs/promises';
import {
  fingerprint,
  publicKeyText,
  readProofKey,
  verifyReport,
} from '../../../server/src/http/proof/proof-signature.js';
import { proofPlaces } from '../../../server/src/http/proof/stored-proof.js';

export interface Verified {
  /**
   * `holds` with a key that was known before; `unproven` where no such key is there, so that the report can only be
   * asked whether it agrees with itself.
   */
  readonly result: 'holds' | 'unproven' | 'fails';
  /** For a person. */
  readonly line: string;
}

export interface KnownKeys {
  /** Of the installation that has made it: as the report and its page show it, whole or as a fingerprint. */
  readonly key: string | undefined;
  /** Of this installation, whose own key is looked up there unless one is given. */
  readonly dataDir: string;
}

export async function verifyFile(file: string, known: KnownKeys): Promise<Verified> {
  const [text, signature] = await Promise.all([readText(file), readText(`${file}.sig`)]);
  if (text === undefined) return fails(`There is no file ${file}.`);
  if (signature === undefined)
    return fails(`There is no ${file}.sig: the signature belongs beside the report.`);
  const verified = verifyReport({ text, signature });
  if (!verified.ok) {
    const why =
      verified.reason === 'notAReport'
        ? 'this is no report that the proof writes'
        : 'the report is not what was signed, or the signature is of another key';
    return fails(`The signature does not hold: ${why}.`);
  }
  const { result, form, date, publicKey } = verified.report;
  const told = `${form} proof of ${date}, ${result}, key ${fingerprint(publicKey)}`;
  const expected = await expectedKey(known);
  if (expected === undefined) {
    return {
      result: 'unproven',
      line: `The report agrees with its signature and with the key that it names itself: ${told}. Whose key that is nobody here knows, and anybody can make such a report. Ask whoever runs the installation for its key, and give it with --key.`,
    };
  }
  if (fingerprint(publicKey) !== expected.fingerprint) {
    return fails(
      `The signature does not hold: the report was signed with the key ${fingerprint(publicKey)}, and ${expected.whose} is ${expected.fingerprint}.${expected.remedy}`,
    );
  }
  return { result: 'holds', line: `The signature holds, with ${expected.whose}: ${told}.` };
}

function fails(line: string): Verified {
  return { result: 'fails', line };
}

interface ExpectedKey {
  readonly fingerprint: string;
  readonly whose: string;
  readonly remedy: string;
}

async function expectedKey({ key, dataDir }: KnownKeys): Promise<ExpectedKey | undefined> {
  if (key !== undefined) {
    return { fingerprint: fingerprintOf(key), whose: 'the key that was given', remedy: '' };
  }
  const own = await readProofKey(proofPlaces(dataDir).keysFolder);
  if (own === undefined) return undefined;
  return {
    fingerprint: fingerprint(publicKeyText(own)),
    whose: 'the key of this installation',
    remedy: ' If it comes from another installation, give the key of that one with --key.',
  };
}

const DIGITS = /^[0-9a-f]{32}$/;

/** As it is read out, with or without its blanks; or the key itself as the report holds it. */
function fingerprintOf(key: string): string {
  const digits = key.replaceAll(/\s/g, '').toLowerCase();
  return DIGITS.test(digits) ? digits.replaceAll(/(.{4})(?=.)/g, '$1 ') : fingerprint(key.trim());
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
