/** The report's signature, its page in both languages, and what it does with what it is given. */

import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleReport } from '../../../test/example-report.js';
import { canonicalJson } from './canonical-json.js';
import { proofPage } from './proof-page.js';
import { type ProofReport, readProofReport } from './proof-report.js';
import { provideProofKey, publicKeyText, signReport, verifyReport } from './proof-signature.js';
import { proofPolicy } from './proof-style.js';
import { proofLanguage } from './proof-words.js';
import { isOvertaken, proofPlaces, readSigned, readStoredProof, storeProof } from './stored-proof.js';

const { privateKey } = generateKeyPairSync('ed25519');
const report = exampleReport({ publicKey: publicKeyText(privateKey) });
const signed = signReport(report, privateKey);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-proof-test-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('Canonical JSON', () => {
  it('is one text, whatever the order of the keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é"' }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"é\\"","d":null}]}',
    );
  });

  it('takes no fraction', () => expect(() => canonicalJson(0.5)).toThrow('whole'));
});

describe('The signature', () => {
  it('holds for the report, in whatever layout', () => {
    expect(verifyReport(signed)).toEqual({ ok: true, report });
    expect(verifyReport({ ...signed, text: JSON.stringify(report, undefined, 2) }).ok).toBe(true);
  });

  it('does not hold for a report that says otherwise', () => {
    const text = signed.text.replace('"result":"partial"', '"result":"clean"');
    expect(text).not.toBe(signed.text);
    expect(verifyReport({ ...signed, text })).toEqual({ ok: false, reason: 'notSigned' });
  });

  it('does not hold for another key, none, or a damaged one', () => {
    const other = publicKeyText(generateKeyPairSync('ed25519').privateKey);
    for (const publicKey of [other, Buffer.from('no key').toString('base64')]) {
      const text = canonicalJson({ ...report, publicKey });
      expect(verifyReport({ ...signed, text })).toEqual({ ok: false, reason: 'notSigned' });
    }
    expect(verifyReport({ ...signed, signature: 'AAAA' })).toEqual({ ok: false, reason: 'notSigned' });
  });

  it('is asked of reports only', () => {
    for (const text of ['', '{}', '[]', canonicalJson({ ...report, more: 1 })]) {
      expect(verifyReport({ ...signed, text })).toEqual({ ok: false, reason: 'notAReport' });
    }
  });
});

describe('The stored proof', () => {
  it('is none, then the one that was signed here, and broken once it is touched', async () => {
    const places = proofPlaces(folder);
    expect(await readStoredProof(places)).toEqual({ state: 'none' });
    const key = await provideProofKey(places.keysFolder);
    expect(await provideProofKey(places.keysFolder)).toEqual(key);
    expect((await stat(join(places.keysFolder, 'proof-key.pem'))).mode & 0o777).toBe(0o600);
    const own = signReport(exampleReport({ publicKey: publicKeyText(key) }), key);
    await storeProof(places.folder, own, 'full');
    expect(await readStoredProof(places)).toMatchObject({ state: 'signed', proof: own });
    const file = join(places.folder, 'never-stored-report.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"violations":[]', '"violations":[ ]'));
    expect(await readStoredProof(places)).toMatchObject({ state: 'signed' });
    await writeFile(file, own.text.replace('"partial"', '"clean"'));
    expect(await readStoredProof(places)).toEqual({ state: 'broken' });
  });

  it('of another installation is not shown as its own', async () => {
    const places = proofPlaces(folder);
    await storeProof(places.folder, signed, 'full');
    expect(await readStoredProof(places)).toEqual({ state: 'broken' });
  });
});

describe('The two forms', () => {
  const inFolder = async (name: string) => {
    const places = proofPlaces(join(folder, name));
    const key = await provideProofKey(places.keysFolder);
    const make = (more: Partial<ProofReport>) => {
      const made = exampleReport({ publicKey: publicKeyText(key), ...more });
      return storeProof(places.folder, signReport(made, key), made.form);
    };
    return { places, make };
  };

  it('are both kept: the full one is shown, with what the last short one said', async () => {
    const { places, make } = await inFolder('both');
    await make({ form: 'short', date: '2026-11-20T02:00:00.000Z', result: 'clean' });
    expect(await readStoredProof(places)).toMatchObject({ proof: { report: { form: 'short' } } });
    await make({ form: 'full', date: '2026-11-21T02:00:00.000Z', result: 'clean' });
    await make({ form: 'short', date: '2026-11-22T02:00:00.000Z', result: 'clean' });
    const reading = await readStoredProof(places);
    expect(reading).toMatchObject({
      proof: { report: { form: 'full' } },
      lastShort: { form: 'short', date: '2026-11-22T02:00:00.000Z' },
    });
    expect(proofPage(reading, 'en')).toContain(
      'The short form of the check last ran on November 22, 2026 at 2:00 AM (UTC): nothing was found.',
    );
    expect(proofPage(reading, 'en')).toContain('/proof/report.json.sig');
    expect(reading.state === 'signed' && isOvertaken(reading)).toBe(false);
    expect((await readSigned(places, 'short'))?.text).toContain('"form":"short"');
  });

  it('do not hide each other: a short run that found something is told above a full one that found nothing', async () => {
    const { places, make } = await inFolder('overtaken');
    await make({ form: 'full', date: '2026-11-21T02:00:00.000Z', result: 'clean' });
    await make({ form: 'short', date: '2026-11-22T02:00:00.000Z', result: 'violated' });
    const reading = await readStoredProof(places);
    expect(reading.state === 'signed' && isOvertaken(reading)).toBe(true);
    expect(proofPage(reading, 'de')).toContain('class="result violated"');
  });

  it('cannot stand for each other', async () => {
    const { places } = await inFolder('swapped');
    const key = await provideProofKey(places.keysFolder);
    const short = exampleReport({ publicKey: publicKeyText(key), form: 'short' });
    await storeProof(places.folder, signReport(short, key), 'full');
    expect(await readStoredProof(places)).toEqual({ state: 'broken' });
  });
});

describe('The page', () => {
  it.each(['en', 'de'] as const)('says in %s what the report says', (language) => {
    const page = proofPage({ state: 'signed', proof: { ...signed, report } }, language);
    expect(page).toContain(`<html lang="${language}">`);
    for (const { name } of report.mutants) expect(page).toContain(name);
    for (const { part } of report.notRun) expect(page).toContain(part);
    expect(page).toContain('class="result partial"');
    expect(page).not.toMatch(/\{\w+\}|undefined|\[object/);
  });

  it('carries the policy that it is served with, and nothing of it is anything but text and its sheet', () => {
    const page = proofPage({ state: 'signed', proof: { ...signed, report } }, 'en');
    expect(page).toContain(`content="${proofPolicy}"`);
    expect(page).not.toMatch(/<script|\son\w+=|\sstyle=|src=/);
  });

  it('shows what a report holds as text, whatever it is', () => {
    const place = '<script>alert("1")</script>&';
    const violated = exampleReport({
      result: 'violated',
      violations: [{ run: 'clean', detector: 'files', place, trace: 'canary' }],
    });
    const page = proofPage({ state: 'signed', proof: { ...signed, report: violated } }, 'en');
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;');
  });

  it.each(['none', 'broken'] as const)('says how to make one where there is %s', (state) => {
    for (const language of ['en', 'de'] as const) {
      expect(proofPage({ state }, language)).toContain('npm run prove');
    }
  });

  it('takes the language that is asked for, or preferred', () => {
    expect(proofLanguage('de', 'en')).toBe('de');
    expect(proofLanguage('fr', 'fr, de-CH;q=0.8, en;q=0.5')).toBe('de');
    expect(proofLanguage(undefined, 'fr')).toBe('en');
    expect(proofLanguage(undefined, undefined)).toBe('en');
  });
});

it('A report of an unknown form is none', () => {
  expect(readProofReport(report)).toEqual(report);
  expect(readProofReport({ ...report, format: 'never-stored-report/1' })).toBeUndefined();
});
