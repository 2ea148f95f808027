/** What somebody on the wire reads of a page's frames: bytes as they are, and what is deflated and not sealed. */
import { constants, inflateRawSync } from 'node:zlib';
import { FRAME_HEADER_BYTES, readFrameHeader } from '@alongside/protocol';
import { SECRET } from './bench-bodies.mjs';

/** A batch ends as a flush does, which its frames leave out. */
const FLUSH_END = Buffer.of(0, 0, 0xff, 0xff);

/**
 * Whether what was planted is among it. What is sealed looks like no body, or like one that does not inflate.
 *
 * @param {readonly (string | Uint8Array)[]} messages
 * @param {typeof import('../../packages/frames/src/frame-body.js').readBody} readBody
 */
export function isPlantedReadable(messages, readBody) {
  const lanes = new Map();
  for (const message of messages) {
    const bytes = Buffer.from(message);
    if (bytes.includes(SECRET)) return true;
    const header = readFrameHeader(bytes);
    const body = header === undefined ? undefined : readBody(bytes.subarray(FRAME_HEADER_BYTES));
    if (body === undefined) continue;
    const lane = `${header.kind} ${header.epoch}`;
    const payloads = lanes.get(lane) ?? [];
    payloads.push(body.payload, ...(header.kind === 'data' ? [FLUSH_END] : []));
    lanes.set(lane, payloads);
  }
  return [...lanes.values()].some((payloads) => inflated(Buffer.concat(payloads)).includes(SECRET));
}

function inflated(bytes) {
  try {
    return inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    // It is no deflated text.
    return bytes;
  }
}
