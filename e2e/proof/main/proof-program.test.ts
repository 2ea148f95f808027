/** The arguments of the program, and what it says of a report that it is asked to verify. */

import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fingerprint,
  provideProofKey,
  publicKeyText,
  signReport,
} from '../../../server/src/http/proof/proof-signature.js';
import { exampleReport } from '../../../server/test/example-report.js';
import { readArguments } from './proof-arguments.js';
import { verifyFile } from './verify-file.js';

describe('The arguments', () => {
  it('are the full form on this installation unless others are given', () => {
    expect(readArguments(['--root', '/srv/alongside'])).toEqual({
      does: 'prove',
      form: 'full',
      root: '/srv/alongside',
      dataDir: '/srv/alongside/.data',
      chromium: '/usr/bin/chromium',
      mediaWorkerBin: undefined,
      json: undefined,
      keep: false,
      store: true,
    });
    const given =
      '--form short --root /srv --data /var/data --json /r.json --keep --no-store --media-worker /w';
    expect(readArguments(given.split(' '))).toMatchObject({
      form: 'short',
      dataDir: '/var/data',
      mediaWorkerBin: '/w',
      json: '/r.json',
      keep: true,
      store: false,
    });
  });

  it('may ask for a verification alone', () => {
    expect(readArguments('--verify /r.json --root /srv --data data --key abc'.split(' '))).toEqual({
      ...{ does: 'verify', file: '/r.json' },
      ...{ key: 'abc', dataDir: '/srv/data' },
    });
  });

  it('are refused when there is no such form or option', () => {
    expect(() => readArguments(['--form', 'quick'])).toThrow('There is no form quick');
    expect(() => readArguments(['--formal'])).toThrow();
  });
});

describe('A verification', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicKey = publicKeyText(privateKey);
  const signed = signReport(exampleReport({ publicKey }), privateKey);
  let folder: string;
  let file: string;
  const verify = (key?: string) => verifyFile(file, { key, dataDir: folder });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alongside-verify-'));
    file = join(folder, 'report.json');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('needs the report and its signature', async () => {
    expect(await verify()).toMatchObject({ result: 'fails', line: `There is no file ${file}.` });
    await writeFile(file, signed.text);
    expect((await verify()).line).toContain('.sig');
  });

  it('holds with the key that is given, whole or as it is read out, and with no other', async () => {
    await writeFile(`${file}.sig`, `${signed.signature}\n`);
    const read = fingerprint(publicKey);
    for (const key of [publicKey, read, read.replaceAll(' ', '').toUpperCase()])
      expect(await verify(key)).toMatchObject({ result: 'holds' });
    const other = publicKeyText(generateKeyPairSync('ed25519').privateKey);
    for (const key of [other, fingerprint(other), ''])
      expect(await verify(key)).toMatchObject({ result: 'fails' });
  });

  it('says where it can only ask whether the report agrees with itself', async () => {
    expect(await verify()).toMatchObject({ result: 'unproven' });
    expect((await verify()).line).toContain('--key');
  });

  it('asks for the key of this installation where it has one', async () => {
    const own = await provideProofKey(join(folder, 'keys'));
    expect(await verify()).toMatchObject({ result: 'fails' });
    const report = signReport(exampleReport({ publicKey: publicKeyText(own) }), own);
    await writeFile(file, report.text);
    await writeFile(`${file}.sig`, `${report.signature}\n`);
    expect(await verify()).toMatchObject({ result: 'holds' });
    expect((await verify()).line).toContain('the key of this installation');
  });

  it('fails for what was not signed, whoever is asked', async () => {
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"partial"', '"clean"'));
    for (const key of [undefined, publicKey]) expect(await verify(key)).toMatchObject({ result: 'fails' });
    await writeFile(file, '{}');
    expect((await verify()).line).toContain('no report');
  });
});
