import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wanted } from '../wanted.js';
import { newToken } from './new-canary.js';
import { at, Chance, formsIn, newScanner, sealedBody, sealedBytes, token } from './planted.js';
import { defaultLimits } from './scan-limits.js';
import { Scanner } from './scanner.js';
import { walkFiles } from './walk-files.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scan-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const small = { ...defaultLimits, windowBytes: 64 * 1024, aheadBytes: 8 * 1024 };
const wanted: Wanted = {
  canaries: [{ channel: 'text', token }],
  bodies: [sealedBody(sealedBytes)],
  keys: [],
};

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

describe('streams', () => {
  it('loses nothing where two chunks meet, wherever they do', async () => {
    const medium = Buffer.concat([Buffer.alloc(40, 0x2e), Buffer.from(token), Buffer.alloc(40, 0x2e)]);
    for (let split = 0; split <= medium.length; split += 1) {
      const scanner = newScanner();
      const halves = [medium.subarray(0, split), medium.subarray(split)];
      await scanner.scanStream(
        (async function* () {
          yield* halves;
        })(),
        at,
      );
      expect(formsIn(scanner.findings), `split at ${split}`).toEqual(['utf-8']);
    }
  });

  it('loses nothing where the window moves on, at each place around its edge', async () => {
    // Twelve characters or bytes and no more: neither part of one that is cut would be found.
    const piece = Buffer.from(token.slice(0, 12));
    const written = [
      piece,
      sealedBytes.subarray(0, 12),
      Buffer.from(piece.toString('base64')),
      Buffer.from([...piece].map((byte) => `&#x${byte.toString(16)};`).join('')),
      gzipSync(piece),
    ];
    const medium = Buffer.alloc(150 * 1024, 0x2e);
    for (const needle of written) {
      for (let start = small.windowBytes - needle.length; start <= small.windowBytes; start += 3) {
        const file = Buffer.from(medium);
        needle.copy(file, start);
        const scanner = new Scanner(wanted, [], small);
        await scanner.scanStream(inChunks(file, 10_000), at);
        expect(scanner.findings.length, `at ${start}`).toBeGreaterThan(0);
      }
    }
  }, 20_000);

  it('finds pieces at places chosen by chance, in a medium many times the window', async () => {
    const chance = new Chance(5);
    const medium = chance.bytes(1_000_000);
    const bodies = Array.from({ length: 50 }, () => chance.bytes(200));
    for (const [body, bytes] of bodies.entries()) {
      const start = chance.next(bytes.length - 12);
      bytes.copy(medium, body * 19_000 + chance.next(18_000), start, start + 12);
    }
    const path = join(folder, 'medium');
    await writeFile(path, medium);
    const scanner = new Scanner({ ...wanted, bodies: bodies.map((bytes) => sealedBody(bytes)) }, [], small);
    await scanner.scanFile(path, at);
    expect(new Set(scanner.findings.map(({ trace }) => trace.kind === 'sealed' && trace.body)).size).toBe(50);
    expect(scanner.bytesScanned.get('files')).toBe(medium.length);
  });

  it('passes over empty pages and sees what is between them', async () => {
    const medium = Buffer.alloc(2 * 1024 * 1024);
    medium.write(token, 1024 * 1024 - 10);
    sealedBytes.copy(medium, 4096 * 200, 0, 12);
    medium.write(Buffer.from(token, 'utf16le').toString('latin1'), 4096 * 300 - 48, 'latin1');
    const scanner = new Scanner(wanted, [], small);
    await scanner.scanStream(inChunks(medium, 65_536), at);
    expect(formsIn(scanner.findings).sort()).toEqual(['sealed', 'utf-16 > utf-8', 'utf-8']);
  });

  it('reads two media at the same time and mixes up neither', async () => {
    const scanner = newScanner();
    const other = Buffer.from(`${token} and more`);
    await Promise.all([
      scanner.scanStream(inChunks(Buffer.concat([Buffer.alloc(100_000, 1), sealedBytes]), 1000), at),
      scanner.scanStream(inChunks(other, 3), { detector: 'logs', place: 'there' }),
    ]);
    expect(scanner.findings.map(({ detector, trace }) => [detector, trace.kind])).toEqual([
      ['logs', 'canary'],
      ['files', 'sealed'],
    ]);
  });
});

describe('false alarms', () => {
  const chance = new Chance(21);
  const many: Wanted = {
    canaries: Array.from({ length: 60 }, (_, channel) => ({ channel: String(channel), token: newToken() })),
    bodies: Array.from({ length: 200 }, (_, sequence) => sealedBody(chance.bytes(1000), sequence)),
    keys: [chance.bytes(32)],
  };

  it('raises none in random bytes, in text, or in a program', async () => {
    const scanner = new Scanner(many, []);
    scanner.scanBytes(chance.bytes(4_000_000), at);
    scanner.scanBytes(Buffer.from(chance.bytes(500_000).toString('base64')), at);
    await scanner.scanFile('package-lock.json', at);
    expect(scanner.findings).toEqual([]);
  });
});

describe('trees', () => {
  it('looks at contents, names, and targets of links, follows none, and names no finding', async () => {
    const root = join(folder, 'tree');
    const outside = join(folder, 'outside');
    await mkdir(join(root, 'deep', `in-${token}`), { recursive: true });
    await writeFile(join(root, 'deep', `in-${token}`, 'file'), sealedBytes);
    await writeFile(outside, sealedBytes);
    await symlink(outside, join(root, 'link'));
    await symlink(`/nowhere/${token}`, join(root, 'loose'));
    const scanner = newScanner();
    const { files } = await walkFiles(scanner, root, { detector: 'files' });
    expect(files).toBe(1);
    const found = scanner.findings.map(({ detector, place, trace }) => [detector, place, trace.kind]);
    expect(found.sort()).toEqual([
      ['files', `${root}/deep/(name withheld)/file`, 'sealed'],
      ['names', `${root}/deep`, 'canary'],
      ['names', `${root}/loose`, 'canary'],
    ]);
    expect(JSON.stringify(scanner.notes)).not.toContain(token);
  });

  it('says what it could not read, and leaves out what it is told to', async () => {
    const scanner = newScanner();
    await walkFiles(scanner, join(folder, 'missing'), { detector: 'logs' });
    expect(scanner.notes[0]).toEqual({
      detector: 'logs',
      place: join(folder, 'missing'),
      note: 'was gone before it could be read',
    });
    const root = join(folder, 'own');
    await mkdir(root);
    await writeFile(join(root, 'page-data'), token);
    await walkFiles(scanner, root, { detector: 'files', skips: (path) => path.endsWith('page-data') });
    expect(scanner.findings).toEqual([]);
  });

  it('reads extended attributes, or says that it cannot', async () => {
    const root = join(folder, 'attributes');
    await mkdir(root);
    await writeFile(join(root, 'file'), '');
    const scanner = newScanner();
    const canWrite = setAttribute(join(root, 'file'), token);
    const { attributesRead } = await walkFiles(scanner, root, { detector: 'files' });
    const notes = scanner.notes.map(({ note }) => note);
    if (attributesRead) expect(notes).toEqual([]);
    else expect(notes).toEqual(['extended attributes were not read: getfattr is missing or failed']);
    if (attributesRead && canWrite) expect(formsIn(scanner.findings)).toContain('hex > utf-8');
  });
});

/** Not every machine has the tool, and not every file system the attributes. */
function setAttribute(path: string, value: string): boolean {
  try {
    execFileSync('setfattr', ['-n', 'user.note', '-v', value, path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

it('what repeats itself too much to be found for certain is counted, and what repeats in part is not', () => {
  const one = Buffer.alloc(40, 'abcd');
  const many = Array.from({ length: 12 }, (_, at) => Buffer.concat([one, Buffer.from([at])]));
  expect(newScanner(many).leftOut).toBeGreaterThan(0);
  const partly = many.map((bytes, at) => Buffer.concat([bytes, new Chance(at + 100).bytes(40)]));
  expect(newScanner(partly).leftOut).toBe(0);
  expect(newScanner().leftOut).toBe(0);
});
