/** Reads the tables and logs of LevelDB, where Chromium keeps what pages store: every key and value, deleted ones too. */

import { readVarint, unsnappy } from './snappy.js';

const BLOCK_LIMIT_BYTES = 64 * 1024 * 1024;
const FOOTER_BYTES = 48;
const MAGIC = Buffer.from('57fb808b247547db', 'hex');
const TRAILER_BYTES = 5;
const SNAPPY = 1;
const LOG_BLOCK_BYTES = 32_768;
const LOG_HEADER_BYTES = 7;
/** How Chromium marks a value of an IndexedDB that it has compressed itself. */
const COMPRESSED_VALUE = Buffer.from([0xff, 0x11, 0x02]);

/** What is hidden in the table by compression or by keys that share their beginning; undefined for another file. */
export function tableContents(file: Buffer): readonly Buffer[] | undefined {
  const footer = file.subarray(-FOOTER_BYTES);
  if (footer.length < FOOTER_BYTES || !footer.subarray(-MAGIC.length).equals(MAGIC)) return undefined;
  const meta = readHandle(footer, 0);
  const index = meta === undefined ? undefined : readHandle(footer, meta.end);
  const block = index === undefined ? undefined : readBlock(file, index);
  if (block === undefined) return undefined;
  const contents: Buffer[] = [];
  for (const { value } of entriesOf(block)) {
    const handle = readHandle(value, 0);
    const data = handle === undefined ? undefined : readBlock(file, handle);
    if (data !== undefined) contents.push(...wholeEntries(data));
  }
  return contents;
}

/** A record is cut where a block of the log ends: here it is whole again. */
export function logContents(file: Buffer): readonly Buffer[] {
  const records: Buffer[] = [];
  let pieces: Buffer[] = [];
  for (let at = 0; at + LOG_HEADER_BYTES <= file.length; ) {
    const leftInBlock = LOG_BLOCK_BYTES - (at % LOG_BLOCK_BYTES);
    const length = file.readUInt16LE(at + 4);
    const kind = file.readUInt8(at + 6);
    if (leftInBlock < LOG_HEADER_BYTES || kind === 0) {
      at += leftInBlock;
      continue;
    }
    const start = at + LOG_HEADER_BYTES;
    pieces.push(file.subarray(start, start + length));
    // Whole, first, middle, last.
    if (kind === 1 || kind === 4) {
      records.push(...withUnpacked(Buffer.concat(pieces)));
      pieces = [];
    }
    at = start + length;
  }
  return [...records, ...withUnpacked(Buffer.concat(pieces))];
}

interface Handle {
  readonly offset: number;
  readonly size: number;
  readonly end: number;
}

function readHandle(bytes: Buffer, at: number): Handle | undefined {
  const offset = readVarint(bytes, at);
  const size = offset === undefined ? undefined : readVarint(bytes, offset.end);
  return offset === undefined || size === undefined
    ? undefined
    : { offset: offset.value, size: size.value, end: size.end };
}

function readBlock(file: Buffer, { offset, size }: Handle): Buffer | undefined {
  if (offset + size + TRAILER_BYTES > file.length) return undefined;
  const stored = file.subarray(offset, offset + size);
  return file[offset + size] === SNAPPY ? unsnappy(stored, BLOCK_LIMIT_BYTES) : stored;
}

function* entriesOf(block: Buffer): Generator<{ readonly key: Buffer; readonly value: Buffer }> {
  if (block.length < 4) return;
  const restarts = block.readUInt32LE(block.length - 4);
  const end = block.length - 4 - restarts * 4;
  let key: Buffer = Buffer.alloc(0);
  for (let at = 0; at < end; ) {
    const shared = readVarint(block, at);
    const own = shared === undefined ? undefined : readVarint(block, shared.end);
    const length = own === undefined ? undefined : readVarint(block, own.end);
    if (shared === undefined || own === undefined || length === undefined) return;
    const valueAt = length.end + own.value;
    key = Buffer.concat([key.subarray(0, shared.value), block.subarray(length.end, valueAt)]);
    yield { key, value: block.subarray(valueAt, valueAt + length.value) };
    at = valueAt + length.value;
  }
}

function wholeEntries(block: Buffer): readonly Buffer[] {
  return [...entriesOf(block)].flatMap(({ key, value }) => [key, ...withUnpacked(value)]);
}

function withUnpacked(value: Buffer): readonly Buffer[] {
  const found: Buffer[] = [value];
  for (let at = value.indexOf(COMPRESSED_VALUE); at !== -1; at = value.indexOf(COMPRESSED_VALUE, at + 1)) {
    const unpacked = unsnappy(value.subarray(at + COMPRESSED_VALUE.length), BLOCK_LIMIT_BYTES);
    if (unpacked !== undefined) found.push(unpacked);
  }
  return found;
}
