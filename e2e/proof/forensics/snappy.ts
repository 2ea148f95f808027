/** Unpacks snappy, in which Chromium stores blocks of its databases: copies of what came before, and literals. */

/** Undefined when the bytes are no whole block of it. */
export function unsnappy(bytes: Uint8Array, limitBytes: number): Buffer | undefined {
  const head = readVarint(bytes, 0);
  if (head === undefined || head.value > limitBytes) return undefined;
  const out = Buffer.alloc(head.value);
  let written = 0;
  let at = head.end;
  while (at < bytes.length) {
    const piece = readPiece(bytes, at);
    if (piece === undefined || written + piece.length > out.length) return undefined;
    if (piece.offset === 0) {
      if (piece.end + piece.length > bytes.length) return undefined;
      out.set(bytes.subarray(piece.end, piece.end + piece.length), written);
      at = piece.end + piece.length;
    } else {
      if (piece.offset > written) return undefined;
      // Byte by byte: a copy may reach into what it writes itself.
      for (let each = 0; each < piece.length; each += 1) {
        out[written + each] = out[written + each - piece.offset] ?? 0;
      }
      at = piece.end;
    }
    written += piece.length;
  }
  return written === out.length ? out : undefined;
}

interface Piece {
  readonly length: number;
  /** How far back it copies from; 0 for a literal, which follows at `end`. */
  readonly offset: number;
  readonly end: number;
}

function readPiece(bytes: Uint8Array, at: number): Piece | undefined {
  const tag = bytes[at] ?? 0;
  const high = tag >> 2;
  switch (tag & 3) {
    case 0:
      return readLiteral(bytes, at, high);
    case 1:
      return copy(4 + (high & 7), ((tag >> 5) << 8) | (bytes[at + 1] ?? 0), at + 2);
    case 2:
      return copy(high + 1, little(bytes, at + 1, 2), at + 3);
    default:
      return copy(high + 1, little(bytes, at + 1, 4), at + 5);
  }
}

function readLiteral(bytes: Uint8Array, at: number, high: number): Piece {
  if (high < 60) return { length: high + 1, offset: 0, end: at + 1 };
  const lengthBytes = high - 59;
  return { length: little(bytes, at + 1, lengthBytes) + 1, offset: 0, end: at + 1 + lengthBytes };
}

function copy(length: number, offset: number, end: number): Piece | undefined {
  return offset === 0 ? undefined : { length, offset, end };
}

function little(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let each = count - 1; each >= 0; each -= 1) value = value * 256 + (bytes[at + each] ?? 0);
  return value;
}

export function readVarint(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let each = 0; each < 8; each += 1) {
    const byte = bytes[at + each];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * each);
    if (byte < 0x80) return { value, end: at + each + 1 };
  }
  return undefined;
}
