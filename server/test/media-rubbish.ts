/** What somebody who means harm says to a media worker: parameters that are nearly right, and bytes at its port. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';

type Random = () => number;

/** The same numbers for the same seed, so that what fails once fails again. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const junk: readonly unknown[] = [
  ...[null, true, -1, 0, 1, 127, 128, 255, 256, 65_536, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 1e300, 0.5],
  ...['', '0', 'x', 'audio/opus', 'video/rtx', 'video/VP8', 'L3T3', '\u0000', 'x'.repeat(5000), '../..'],
  ...[
    [],
    {},
    [[]],
    [{}],
    { ssrc: 1 },
    [{ ssrc: 1 }, { ssrc: 1 }],
    JSON.parse('{"__proto__":{"polluted":1}}'),
  ],
];

/** A copy in which one place, anywhere, holds what does not belong there, is gone, or is there twice. */
export function broken(whole: Record<string, unknown>, random: Random): Record<string, unknown> {
  const copy = structuredClone(whole);
  let at: Record<string, unknown> = copy;
  for (;;) {
    const keys = Object.keys(at);
    const key = keys[Math.floor(random() * keys.length)];
    if (key === undefined) return copy;
    const inner = at[key];
    if (typeof inner === 'object' && inner !== null && random() < 0.8) {
      at = inner as Record<string, unknown>;
      continue;
    }
    const how = random();
    if (how < 0.15) delete at[key];
    else if (how < 0.3) at[key] = [inner, inner];
    else at[key] = junk[Math.floor(random() * junk.length)];
    return copy;
  }
}

/** First bytes by which a packet passes for ICE, for a handshake, for sound and picture, and for nothing. */
const FIRST_BYTES = [0, 1, 20, 22, 23, 63, 128, 144, 200, 255];
const PACKETS = 600;

export async function sendRubbish(port: number, random: Random): Promise<void> {
  const socket = createSocket('udp4');
  const send = (bytes: Buffer) => new Promise((resolve) => socket.send(bytes, port, '127.0.0.1', resolve));
  for (let packet = 0; packet < PACKETS; packet += 1)
    await send(rubbish(FIRST_BYTES[packet % FIRST_BYTES.length] ?? 0, random));
  await new Promise<void>((resolve) => socket.close(resolve));
}

/** Over TCP each packet follows its length; some lengths promise what never comes. */
export async function sendFramedRubbish(port: number, random: Random): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  // The worker may close what it does not like, which is an end like another.
  socket.on('error', () => undefined);
  for (const first of FIRST_BYTES) {
    const body = rubbish(first, random);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(first % 2 === 0 ? body.length : 65_535);
    socket.write(Buffer.concat([length, body]));
  }
  socket.end(() => socket.destroy());
  await closed;
}

function rubbish(first: number, random: Random): Buffer {
  const bytes = Buffer.from(Array.from({ length: 1 + Math.floor(random() * 1400) }, () => random() * 256));
  bytes[0] = first;
  // As ICE has it in every packet.
  if (first < 4 && bytes.length >= 20) bytes.writeUInt32BE(0x2112a442, 4);
  return bytes;
}
