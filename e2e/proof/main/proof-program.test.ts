/** The arguments of the program, and what it says of a report that it is asked to verify. */

import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicKeyText, signReport } from '../../../server/src/http/proof/proof-signature.js';
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
    expect(readArguments(['--verify', '/r.json'])).toEqual({ does: 'verify', file: '/r.json' });
  });

  it('are refused when there is no such form or option', () => {
    expect(() => readArguments(['--form', 'quick'])).toThrow('There is no form quick');
    expect(() => readArguments(['--formal'])).toThrow();
  });
});

describe('A verification', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const signed = signReport(exampleReport({ publicKey: publicKeyText(privateKey) }), privateKey);
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alongside-verify-'));
    file = join(folder, 'report.json');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('needs the report and its signature', async () => {
    expect(await verifyFile(file)).toMatchObject({ ok: false, line: `There is no file ${file}.` });
    await writeFile(file, signed.text);
    expect((await verifyFile(file)).line).toContain('.sig');
  });

  it('holds for what was signed, and for nothing else', async () => {
    await writeFile(`${file}.sig`, `${signed.signature}\n`);
    expect(await verifyFile(file)).toMatchObject({ ok: true });
    await writeFile(file, signed.text.replace('"partial"', '"clean"'));
    expect(await verifyFile(file)).toMatchObject({ ok: false });
    await writeFile(file, '{}');
    expect((await verifyFile(file)).line).toContain('no report');
  });
});
