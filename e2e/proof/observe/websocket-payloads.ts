/** Takes off the mask under which a browser sends on a WebSocket: it hides content from a search and from nobody else. */

const UPGRADE = /^GET [^\r\n]* HTTP\/1\.1\r\n(?:[^\r\n]*\r\n)*?upgrade: *websocket/i;
const END_OF_HEAD = '\r\n\r\n';

/** `stream` is what a client sent over one connection; empty when that is no WebSocket. */
export function unmaskedPayloads(stream: Buffer): Buffer {
  const head = stream.subarray(0, 16_384).toString('latin1');
  const end = head.indexOf(END_OF_HEAD);
  if (end === -1 || !UPGRADE.test(head.slice(0, end + END_OF_HEAD.length))) return Buffer.alloc(0);
  const payloads: Buffer[] = [];
  for (let at = end + END_OF_HEAD.length; at < stream.length; ) {
    const frame = readFrame(stream, at);
    if (frame === undefined) break;
    payloads.push(frame.payload);
    at = frame.end;
  }
  return Buffer.concat(payloads);
}

/** The path that a connection asked for first. */
export function askedPath(stream: Buffer): string | undefined {
  return /^GET (\S*?)(?:\?\S*)? HTTP/.exec(stream.subarray(0, 8192).toString('latin1'))?.[1];
}

function readFrame(stream: Buffer, at: number): { payload: Buffer; end: number } | undefined {
  if (stream.length < at + 2) return undefined;
  const second = stream.readUInt8(at + 1);
  const short = second & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const maskBytes = (second & 0x80) === 0 ? 0 : 4;
  const start = at + 2 + lengthBytes + maskBytes;
  if (stream.length < start) return undefined;
  const length =
    lengthBytes === 0
      ? short
      : lengthBytes === 2
        ? stream.readUInt16BE(at + 2)
        : Number(stream.readBigUInt64BE(at + 2));
  const payload = Buffer.from(stream.subarray(start, start + length));
  for (let each = 0; maskBytes > 0 && each < payload.length; each += 1) {
    payload[each] = (payload[each] ?? 0) ^ stream.readUInt8(start - 4 + (each % 4));
  }
  return { payload, end: start + length };
}
