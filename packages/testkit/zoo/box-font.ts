/** Makes a TrueType font whose letters are boxes of different widths: whoever draws with it is easily told. */

const EM = 1000;
const FIRST = 0x20;
const LAST = 0x7e;
const GLYPHS = LAST - FIRST + 2;

class Bytes {
  readonly #bytes: number[] = [];
  get length(): number {
    return this.#bytes.length;
  }
  u8(...values: readonly number[]): this {
    this.#bytes.push(...values.map((value) => value & 0xff));
    return this;
  }
  u16(...values: readonly number[]): this {
    for (const value of values) this.u8(value >> 8, value);
    return this;
  }
  u32(...values: readonly number[]): this {
    for (const value of values) this.u16(value >>> 16, value);
    return this;
  }
  text(text: string): this {
    return this.u8(...Buffer.from(text, 'latin1'));
  }
  pad(): this {
    while (this.length % 4 !== 0) this.u8(0);
    return this;
  }
  take(): Buffer {
    return Buffer.from(this.#bytes);
  }
}

/** Wide enough to differ clearly from any font that a machine may have. */
function advanceOf(glyph: number): number {
  return glyph === 0 ? 500 : 400 + (glyph % 7) * 130;
}

function glyphOf(glyph: number): Buffer {
  if (glyph === 1) return Buffer.alloc(0);
  const right = advanceOf(glyph) - 60;
  const bytes = new Bytes().u16(1, 40, 0, right, 700, 3, 0);
  // Four points on the curve, given as whole words each relative to the one before.
  bytes
    .u8(1, 1, 1, 1)
    .u16(40, 0, right - 40, 0)
    .u16(0, 700, 0, -700);
  return bytes.pad().take();
}

function cmap(): Buffer {
  const format = new Bytes()
    .u16(4, 32, 0, 4, 4, 1, 0)
    .u16(LAST, 0xffff)
    .u16(0)
    .u16(FIRST, 0xffff)
    .u16(1 - FIRST, 1)
    .u16(0, 0);
  return new Bytes()
    .u16(0, 1, 3, 1)
    .u32(12)
    .u8(...format.take())
    .take();
}

function naming(): Buffer {
  const names = ['Zoo', 'Regular', 'Zoo Regular', 'Zoo Regular', 'Version 1', 'Zoo-Regular'];
  const bytes = new Bytes().u16(0, names.length, 6 + names.length * 12);
  let at = 0;
  for (const [id, name] of names.entries()) {
    bytes.u16(3, 1, 0x409, id + 1, name.length * 2, at);
    at += name.length * 2;
  }
  for (const name of names) for (const letter of name) bytes.u16(letter.charCodeAt(0));
  return bytes.take();
}

function os2(): Buffer {
  const bytes = new Bytes().u16(4, 600, 400, 5, 0, 650, 700, 0, 140, 650, 700, 0, 480, 50, 250, 0);
  bytes.u8(2, 0, 5, 3, 0, 0, 0, 0, 0, 0).u32(1, 0, 0, 0).text('ZOO ').u16(0x40, FIRST, LAST);
  return bytes.u16(800, -200, 90, 900, 200).u32(1, 0).u16(500, 700, 0, FIRST, 1).take();
}

function tables(): ReadonlyMap<string, Buffer> {
  const glyphs = Array.from({ length: GLYPHS }, (_, index) => glyphOf(index));
  const loca = new Bytes();
  let at = 0;
  for (const glyph of glyphs) {
    loca.u32(at);
    at += glyph.length;
  }
  loca.u32(at);
  const metrics = new Bytes();
  for (const index of glyphs.keys()) metrics.u16(advanceOf(index), 40);
  const head = new Bytes().u32(0x10000, 0x10000, 0, 0x5f0f3cf5).u16(3, EM).u32(0, 0, 0, 0);
  head.u16(40, 0, 1200, 700, 0, 8, 2, 1, 0);
  const hhea = new Bytes()
    .u32(0x10000)
    .u16(900, -200, 90, 1200, 40, 40, 1160, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS);
  const maxp = new Bytes().u32(0x10000).u16(GLYPHS, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0);
  return new Map([
    ['OS/2', os2()],
    ['cmap', cmap()],
    ['glyf', Buffer.concat(glyphs)],
    ['head', head.take()],
    ['hhea', hhea.take()],
    ['hmtx', metrics.take()],
    ['loca', loca.take()],
    ['maxp', maxp.take()],
    ['name', naming()],
    ['post', new Bytes().u32(0x30000, 0).u16(-75, 50).u32(0, 0, 0, 0, 0).take()],
  ]);
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    for (let index = 0; index < 4; index += 1) sum += (bytes[at + index] ?? 0) * 2 ** (24 - index * 8);
  }
  return sum >>> 0;
}

export function boxFont(): Buffer {
  const parts = [...tables()];
  const header = new Bytes().u32(0x10000).u16(parts.length, 128, 3, parts.length * 16 - 128);
  let at = 12 + parts.length * 16;
  for (const [tag, bytes] of parts) {
    header.text(tag).u32(checksum(bytes), at, bytes.length);
    at += Math.ceil(bytes.length / 4) * 4;
  }
  const bodies = parts.map(([, bytes]) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]));
  return Buffer.concat([header.take(), ...bodies]);
}
