import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { newToken } from './new-canary.js';
import {
  at,
  Chance,
  controlToken,
  formsFound,
  formsIn,
  keyBytes,
  newScanner,
  sealedBytes,
  token,
} from './planted.js';

/** Each takes bytes and writes them as somebody might; `form` is how a finding has to call it. */
type Writer = readonly [name: string, form: string, write: (bytes: Buffer) => Buffer];

const each = (bytes: Buffer, write: (byte: number) => string, between = '') =>
  Buffer.from([...bytes].map(write).join(between));
const hex = (byte: number) => byte.toString(16).padStart(2, '0');
const lines = (text: string, width: number) => text.replace(new RegExp(`(.{${width}})`, 'g'), '$1\n');

function hexdump(bytes: Buffer): Buffer {
  let text = '';
  for (let line = 0; line < bytes.length; line += 16) {
    const row = [...bytes.subarray(line, line + 16)].map(hex);
    const columns = `${row.slice(0, 8).join(' ')}  ${row.slice(8).join(' ')}`;
    text += `${line.toString(16).padStart(8, '0')}  ${columns.padEnd(48)}  |${'.'.repeat(row.length)}|\n`;
  }
  return Buffer.from(text);
}

function xxd(bytes: Buffer): Buffer {
  let text = '';
  for (let line = 0; line < bytes.length; line += 16) {
    const row = bytes
      .subarray(line, line + 16)
      .toString('hex')
      .replace(/(.{4})/g, '$1 ');
    text += `${line.toString(16).padStart(8, '0')}: ${row} ${'.'.repeat(16)}\n`;
  }
  return Buffer.from(text);
}

const base64At = (alignment: number) => (bytes: Buffer) =>
  Buffer.from(Buffer.concat([Buffer.alloc(alignment, 0x2e), bytes, Buffer.from('!')]).toString('base64'));

/** Hold any bytes. */
const writers: readonly Writer[] = [
  ['hex', 'hex', (bytes) => Buffer.from(bytes.toString('hex'))],
  ['hex in capitals', 'hex', (bytes) => Buffer.from(bytes.toString('hex').toUpperCase())],
  ['hex behind an odd digit', 'hex', (bytes) => Buffer.from(`a${bytes.toString('hex')}`)],
  ['hex with blanks', 'hex', (bytes) => each(bytes, hex, ' ')],
  ['hex with colons', 'hex', (bytes) => each(bytes, hex, ':')],
  ['hex behind \\x', 'hex', (bytes) => each(bytes, (byte) => `\\x${hex(byte)}`)],
  ['hex behind 0x', 'hex', (bytes) => each(bytes, (byte) => `0x${hex(byte)}`, ', ')],
  ['hex in lines', 'hex', (bytes) => Buffer.from(lines(bytes.toString('hex'), 64))],
  ['a hex dump', 'hex', hexdump],
  ['a dump of pairs', 'hex', xxd],
  ['a dump of swapped pairs', 'hex in swapped pairs', (bytes) => xxd(Buffer.from(bytes).swap16())],
  ['an inspected buffer', 'hex', (bytes) => Buffer.from(inspect(bytes.subarray(0, 50)))],
  ['a byte array', 'byte array', (bytes) => each(bytes, String, ',')],
  ['a byte array with blanks', 'byte array', (bytes) => each(bytes, String, ', ')],
  ['a JSON buffer', 'byte array', (bytes) => Buffer.from(JSON.stringify(bytes))],
  ['a JSON typed array', 'byte array', (bytes) => Buffer.from(JSON.stringify(new Uint8Array(bytes)))],
  ['signed bytes', 'byte array', (bytes) => Buffer.from([...new Int8Array(bytes)].join(','))],
  ['inspected numbers', 'byte array', (bytes) => Buffer.from(inspect(new Uint8Array(bytes)))],
  ['base64', 'base64', base64At(0)],
  ['base64, one on', 'base64', base64At(1)],
  ['base64, two on', 'base64', base64At(2)],
  ['base64 for addresses', 'base64', (bytes) => Buffer.from(bytes.toString('base64url'))],
  ['base64 in lines', 'base64', (bytes) => Buffer.from(lines(bytes.toString('base64'), 76))],
  ['percent signs', 'escaped', (bytes) => each(bytes, (byte) => `%${hex(byte)}`)],
  ['JSON escapes', 'escaped', (bytes) => each(bytes, (byte) => `\\u00${hex(byte)}`)],
  ['escapes in braces', 'escaped', (bytes) => each(bytes, (byte) => `\\u{${byte.toString(16)}}`)],
  ['octal escapes', 'escaped', (bytes) => each(bytes, (byte) => `\\${byte.toString(8).padStart(3, '0')}`)],
  ['numbers of HTML', 'escaped', (bytes) => each(bytes, (byte) => `&#${byte};`)],
  ['hex numbers of HTML', 'escaped', (bytes) => each(bytes, (byte) => `&#x${hex(byte)};`)],
  ['quoted printable', 'escaped', (bytes) => each(bytes, (byte) => `=${hex(byte).toUpperCase()}`)],
  ['UTF-16 of Latin-1', 'utf-16', (bytes) => Buffer.from(bytes.toString('latin1'), 'utf16le')],
  ['UTF-16 the other way', 'utf-16', (bytes) => Buffer.from(bytes.toString('latin1'), 'utf16le').swap16()],
];

/** Say more about bytes above 0x7f than about a token. */
const manglers: readonly Writer[] = [
  ['Latin-1 in UTF-8', '', (bytes) => Buffer.from(bytes.toString('latin1'), 'utf8')],
  [
    'Windows-1252 in UTF-8',
    '',
    (bytes) => Buffer.from(new TextDecoder('windows-1252').decode(bytes), 'utf8'),
  ],
  ['a JSON string of Latin-1', '', (bytes) => Buffer.from(JSON.stringify(bytes.toString('latin1')))],
  ['an address of Latin-1', '', (bytes) => Buffer.from(encodeURIComponent(bytes.toString('latin1')))],
  ['UTF-8 with replacements', '', (bytes) => Buffer.from(bytes.toString('utf8'))],
];

const around = (written: Buffer) => Buffer.concat([Buffer.from('<~'), written, Buffer.from('~>')]);
const pieces = [0, 5, 12].map((start) => token.slice(start, start + 12));

describe('forms of a canary', () => {
  it('finds it as it is and in capitals', () => {
    expect(formsFound(Buffer.from(`a ${token} b`))).toEqual(['utf-8']);
    expect(formsFound(Buffer.from(`a ${token.toUpperCase()} b`))).toEqual(['upper case']);
  });

  it.each(writers)('finds it in %s', (_, form, write) => {
    const found = formsFound(around(write(Buffer.from(token))));
    expect(found.some((name) => name.startsWith(`${form} > utf-8`))).toBe(true);
  });

  it.each(writers)('finds twelve characters of it in %s', (_, form, write) => {
    for (const piece of pieces) {
      const found = formsFound(around(write(Buffer.from(piece))));
      expect(found, piece).toContain(`${form} > utf-8, in part`);
    }
  });

  it('finds each piece of twelve characters, and none of eleven', () => {
    for (let start = 0; start + 12 <= token.length; start += 1) {
      expect(formsFound(Buffer.from(`-${token.slice(start, start + 12)}-`))).toEqual(['utf-8, in part']);
      expect(formsFound(Buffer.from(`-${token.slice(start, start + 11)}-`))).toEqual([]);
    }
  });

  it('finds what is written twice over', () => {
    const twice = Buffer.from(Buffer.from(token, 'utf16le').toString('base64')).toString('hex');
    expect(formsFound(Buffer.from(twice))).toEqual(['hex > base64 > utf-16 > utf-8']);
  });

  it('finds both ends of a canary written in two halves, wherever it is split', () => {
    const written = Buffer.from(`..${token}..`).toString('base64');
    for (let split = 0; split <= written.length; split += 1) {
      const found = formsFound(Buffer.from(`<${written.slice(0, split)}|\n${written.slice(split)}>`));
      expect(found.length, `split at ${split}`).toBeGreaterThan(0);
    }
  });
});

describe('sealed bytes and keys', () => {
  it('finds each twelve bytes of a body, at each place, and no eleven', () => {
    const scanner = newScanner();
    for (let start = 0; start + 12 <= sealedBytes.length; start += 1) {
      const before = Buffer.alloc(start % 13, 0x20);
      const window = sealedBytes.subarray(start, start + 12);
      const place = { ...at, place: String(start) };
      scanner.scanBytes(Buffer.concat([before, window.subarray(0, 11), before]), place);
      expect(scanner.findings).toHaveLength(start);
      scanner.scanBytes(Buffer.concat([before, window, before]), place);
      expect(scanner.findings).toHaveLength(start + 1);
    }
  });

  it.each(writers)('finds a body and a key in %s', (_, _form, write) => {
    expect(formsFound(around(write(sealedBytes)))).toContain('sealed');
    expect(formsFound(around(write(keyBytes)))).toContain('key');
  });

  it.each(manglers)('finds a body in %s', (_, _form, write) => {
    expect(formsFound(around(write(sealedBytes)))).toContain('sealed');
  });

  it('knows what only one of the two base64 alphabets has', () => {
    const chance = new Chance(12);
    // Each group of four characters begins with the sixty-third or the sixty-fourth.
    const bytes = Buffer.from(
      Array.from({ length: 60 }, (_, at) => chance.next(256) | (at % 3 === 0 ? 0xf8 : 0)),
    );
    for (const alphabet of ['base64', 'base64url'] as const) {
      const scanner = newScanner([bytes]);
      scanner.scanBytes(Buffer.from(bytes.toString(alphabet)), at);
      expect(formsIn(scanner.findings), alphabet).toEqual(['sealed']);
    }
  });

  it('takes a body of eight to eleven bytes whole, and says that it cannot look for a shorter one', () => {
    const scanner = newScanner([sealedBytes.subarray(0, 9), sealedBytes.subarray(20, 27)]);
    expect(scanner.unsearchable).toBe(1);
    scanner.scanBytes(sealedBytes.subarray(0, 8), at);
    expect(scanner.findings).toEqual([]);
    scanner.scanBytes(Buffer.concat([Buffer.from('x'), sealedBytes]), at);
    expect(scanner.findings).toEqual([{ ...at, trace: { kind: 'sealed', body: 0 } }]);
  });

  it('names the first of equal bodies, and each other one by its number', () => {
    const other = new Chance(9).bytes(100);
    const scanner = newScanner([sealedBytes, sealedBytes, other]);
    scanner.scanBytes(Buffer.concat([other, sealedBytes]), at);
    const bodies = scanner.findings.map(({ trace }) => (trace.kind === 'sealed' ? trace.body : undefined));
    expect(bodies.sort()).toEqual([0, 2]);
  });

  it('takes no text and no empty space for evidence, though a body holds it', () => {
    const text = Buffer.from('{"type":3,"data":{"source":0,"texts":[]},"note":"日本語の文"}');
    const scanner = newScanner([Buffer.concat([text, Buffer.alloc(40), sealedBytes])]);
    scanner.scanBytes(Buffer.concat([text, Buffer.alloc(80), text]), at);
    expect(scanner.findings).toEqual([]);
    scanner.scanBytes(sealedBytes, at);
    expect(formsIn(scanner.findings)).toEqual(['sealed']);
  });
});

describe('controls', () => {
  it('tells them apart from findings, by the detector that saw them', () => {
    const scanner = newScanner();
    scanner.scanBytes(Buffer.from(`chat: ${controlToken}`), at);
    scanner.scanBytes(Buffer.from(Buffer.from(controlToken).toString('base64')), {
      detector: 'sql',
      place: 'chat',
    });
    expect(scanner.findings).toEqual([]);
    expect([...(scanner.controlsFound.get('chat line') ?? [])]).toEqual(['files', 'sql']);
  });

  it('counts what each detector has read', () => {
    const scanner = newScanner();
    scanner.scanBytes(Buffer.alloc(10), at);
    scanner.scanBytes(Buffer.alloc(32), { detector: 'sql', place: 'chat' });
    scanner.scanBytes(Buffer.alloc(5), at);
    expect([...scanner.bytesScanned]).toEqual([
      ['files', 15],
      ['sql', 32],
    ]);
  });
});

describe('findings', () => {
  it('never hold what was found', () => {
    const scanner = newScanner();
    scanner.scanBytes(
      Buffer.from(`${token} ${sealedBytes.toString('base64')} ${keyBytes.toString('hex')}`),
      at,
    );
    expect(formsIn(scanner.findings).sort()).toEqual(['key', 'sealed', 'utf-8']);
    expect(formsFound(Buffer.from(JSON.stringify([scanner.findings, scanner.notes])))).toEqual([]);
  });
});

describe('tokens', () => {
  it('are twenty-four letters and digits, and never the same', () => {
    const tokens = Array.from({ length: 200 }, newToken);
    expect(new Set(tokens).size).toBe(200);
    for (const made of tokens) expect(made).toMatch(/^[a-z0-9]{24}$/);
  });
});
