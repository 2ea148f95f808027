/** Sealed media frames: by the vectors of RFC 9605, and against everything that a server could do to them. */

import { describe, expect, it } from 'vitest';
import type { Bytes } from '../bytes.js';
import { randomBytes, utf8 } from '../bytes.js';
import { mediaKeyId, readMediaKeyId } from './media-key-id.js';
import { LAST_COUNTER, MediaKeyring } from './media-keyring.js';
import { ReplayWindow, WINDOW_FRAMES } from './replay-window.js';
import { readSframeHeader, writeSframeHeader } from './sframe-header.js';
import { importBaseKey, SframeKey } from './sframe-key.js';

const fromHex = (text: string): Bytes =>
  Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const toHex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

describe('a header', () => {
  it.each([
    [0, 0, '00'],
    [0, 255, '08ff'],
    [7, 7, '77'],
    [8, 8, '880808'],
    [255, 255, '88ffff'],
    [256, 256, '9901000100'],
    [0x123, 0x4567, '9901234567'],
  ])('of key %i and count %i is as RFC 9605 (C.1) writes it', (keyId, counter, hex) => {
    expect(toHex(writeSframeHeader(keyId, counter))).toBe(hex);
    expect(readSframeHeader(fromHex(hex))).toEqual({ keyId, counter, length: hex.length / 2 });
  });

  it.each(['', '99012345', '8807', '090001', '8005', 'f0000000000000000001'])('is none in %s', (hex) => {
    expect(readSframeHeader(fromHex(hex))).toBeUndefined();
  });

  it('tells of each key number whose it is', () => {
    for (const name of [
      { epoch: 0, slot: 0, source: 'microphone' },
      { epoch: 7, slot: 1, source: 'screen' },
      { epoch: 255, slot: 7, source: 'camera' },
    ] as const)
      expect(readMediaKeyId(mediaKeyId(name))).toEqual(name);
    expect(readMediaKeyId(256 * 32)).toBeUndefined();
    expect(readMediaKeyId(3)).toBeUndefined();
  });
});

describe('a key', () => {
  const vector = {
    metadata: utf8('IETF SFrame WG'),
    plain: utf8('draft-ietf-sframe-enc'),
    sealed: '990123456794f509d36e9beacb0e261d99c7d1e972f1fed787d4049f17ca21353c1cc24d56ceabced279',
  };
  const vectorKey = async () =>
    SframeKey.derive(await importBaseKey(fromHex('000102030405060708090a0b0c0d0e0f')), 0x123);

  it('seals as RFC 9605 (C.3, suite 5) does', async () => {
    const key = await vectorKey();
    expect(toHex(await key.seal(0x4567, vector.plain, vector.metadata))).toBe(vector.sealed);
    expect(await key.open(fromHex(vector.sealed), vector.metadata)).toEqual(vector.plain);
  });

  it('opens nothing that was changed, in any byte', async () => {
    const key = await vectorKey();
    const sealed = fromHex(vector.sealed);
    for (let at = 0; at < sealed.byteLength; at += 1) {
      const changed = sealed.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect(await key.open(changed, vector.metadata)).toBeUndefined();
      expect(await key.open(sealed.subarray(0, at), vector.metadata)).toBeUndefined();
    }
    expect(await key.open(sealed, utf8('IETF SFrame WH'))).toBeUndefined();
  });
});

describe('a window', () => {
  it('takes each count once, in any order that a network makes, and never an old one', () => {
    const window = new ReplayWindow();
    const taken = new Set<number>();
    let newest = -1;
    for (let round = 0; round < 5000; round += 1) {
      const counter = Math.max(0, newest + Math.floor(Math.random() * 300) - 200);
      const isNew = counter > newest - WINDOW_FRAMES && !taken.has(counter);
      expect(window.has(counter)).toBe(!isNew);
      if (!isNew) continue;
      window.add(counter);
      taken.add(counter);
      newest = Math.max(newest, counter);
    }
  });
});

function twoSides(epoch = 9, firstCounter = 0) {
  const secret = randomBytes(32);
  const visitor = new MediaKeyring(firstCounter);
  const agent = new MediaKeyring();
  visitor.hold({ epoch, secret: secret.slice(), ownSlot: 0 });
  agent.hold({ epoch, secret: secret.slice(), ownSlot: 1 });
  visitor.sealUnder(epoch);
  agent.sealUnder(epoch);
  return { visitor, agent };
}

const voice = (data: Bytes, timestamp?: number) =>
  ({ data, source: 'microphone', party: 'visitor', timestamp }) as const;
const picture = (data: Bytes, timestamp?: number) =>
  ({ data, source: 'camera', party: 'visitor', timestamp }) as const;
const wholePicture = () => Uint8Array.of(0x10, 2, 0, 0x9d, 1, 0x2a, 0x80, 2, 0xe0, 1, ...randomBytes(200));
const nextPicture = () => Uint8Array.of(0x11, ...randomBytes(60));

async function sealed(side: MediaKeyring, source: 'microphone' | 'camera', frame: Bytes): Promise<Bytes> {
  const made = await side.seal(source, frame);
  if (made === undefined) throw new Error('There is no key.');
  return made;
}

describe('a call', () => {
  it('opens what the other side sealed, voice and picture, and nobody else does', async () => {
    const { visitor, agent } = twoSides();
    const stranger = twoSides().agent;
    for (const frame of [wholePicture(), nextPicture(), nextPicture()]) {
      const sent = await sealed(visitor, 'camera', frame);
      expect(await stranger.open(picture(sent))).toEqual({ fault: 'notAuthentic' });
      expect(await agent.open(picture(sent))).toEqual({ plain: frame });
    }
    for (const frame of [randomBytes(80), randomBytes(1), new Uint8Array()]) {
      const sent = await sealed(visitor, 'microphone', frame);
      expect(await agent.open(voice(sent))).toEqual({ plain: frame });
    }
  });

  it('shows of a picture what the media server reads, of a voice nothing, and of neither what is in it', async () => {
    const { visitor } = twoSides();
    const whole = wholePicture();
    const sent = await sealed(visitor, 'camera', whole);
    expect(sent.subarray(0, 10)).toEqual(whole.subarray(0, 10));
    expect(toHex(sent)).not.toContain(toHex(whole.subarray(10, 26)));
    const said = randomBytes(40);
    expect(toHex(await sealed(visitor, 'microphone', said))).not.toContain(toHex(said.subarray(0, 8)));
    expect((await sealed(visitor, 'microphone', said)).byteLength).toBeLessThanOrEqual(40 + 22);
  });

  it('drops every frame that was changed in any byte, cut short, or thrown back', async () => {
    const { visitor, agent } = twoSides();
    const sent = await sealed(visitor, 'camera', wholePicture());
    for (let at = 0; at < sent.byteLength; at += 1) {
      const changed = sent.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      expect(await agent.open(picture(changed))).toHaveProperty('fault');
      expect(await agent.open(picture(sent.slice(0, at)))).toHaveProperty('fault');
    }
    expect(await visitor.open({ ...picture(sent), party: 'agent' })).toEqual({ fault: 'misplaced' });
    expect(await agent.open({ ...picture(sent), party: 'agent' })).toEqual({ fault: 'misplaced' });
    expect(await agent.open(picture(sent))).toHaveProperty('plain');
  });

  it('takes a voice for no picture', async () => {
    const { visitor, agent } = twoSides();
    const sent = await sealed(visitor, 'microphone', randomBytes(40));
    const asPicture = Uint8Array.of(0x11, ...sent);
    expect(await agent.open(picture(asPicture))).toEqual({ fault: 'misplaced' });
  });

  it('plays each frame once, even when it comes twice at the same moment', async () => {
    const { visitor, agent } = twoSides();
    const sent = await sealed(visitor, 'microphone', randomBytes(40));
    const both = await Promise.all([agent.open(voice(sent)), agent.open(voice(sent))]);
    expect(both.filter((each) => 'plain' in each)).toHaveLength(1);
    expect(await agent.open(voice(sent))).toEqual({ fault: 'replayed' });
  });

  it('takes what the network brought late, and nothing that was put into another place', async () => {
    const { visitor, agent } = twoSides();
    const frames: Bytes[] = [];
    for (let at = 0; at < 4; at += 1) frames.push(await sealed(visitor, 'microphone', randomBytes(40)));
    const [first, second, third, fourth] = frames as [Bytes, Bytes, Bytes, Bytes];
    const atEnd = 2 ** 32 - 500;
    expect(await agent.open(voice(first, atEnd))).toHaveProperty('plain');
    // Its time comes round.
    expect(await agent.open(voice(third, (atEnd + 1920) % 2 ** 32))).toHaveProperty('plain');
    expect(await agent.open(voice(second, (atEnd + 960) % 2 ** 32))).toHaveProperty('plain');
    expect(await agent.open(voice(fourth, atEnd))).toEqual({ fault: 'reordered' });
    agent.beginStream();
    expect(await agent.open(voice(fourth, 5))).toHaveProperty('plain');
  });

  it('drops what is sealed under an epoch that it does not hold, as yet or any more', async () => {
    const { visitor, agent } = twoSides(9);
    const early = await sealed(visitor, 'microphone', randomBytes(40));
    const secret = randomBytes(32);
    visitor.hold({ epoch: 10, secret: secret.slice(), ownSlot: 0 });
    visitor.sealUnder(10);
    const late = await sealed(visitor, 'microphone', randomBytes(40));
    expect(await agent.open(voice(late))).toEqual({ fault: 'unknownKey' });
    agent.hold({ epoch: 10, secret, ownSlot: 1 });
    expect(await agent.open(voice(late))).toHaveProperty('plain');
    agent.keepOnly(10);
    expect(await agent.open(voice(early))).toEqual({ fault: 'unknownKey' });
  });

  it('seals nothing without a key, and nothing more when a count would come round', async () => {
    expect(await new MediaKeyring().seal('microphone', randomBytes(40))).toBeUndefined();
    expect(LAST_COUNTER).toBe(2 ** 32 - 1);
    const base = await importBaseKey(randomBytes(32));
    const key = await SframeKey.derive(base, 1);
    const plain = randomBytes(4);
    const [last, other] = await Promise.all(
      [LAST_COUNTER, 2 ** 33].map((counter) => key.seal(counter, plain, new Uint8Array())),
    );
    expect(await key.open(last ?? plain, new Uint8Array())).toEqual(plain);
    expect(await key.open(other ?? plain, new Uint8Array())).toEqual(plain);
    const nearEnd = twoSides(1, LAST_COUNTER).visitor;
    expect(await nearEnd.seal('microphone', plain)).toBeDefined();
    expect(await nearEnd.seal('microphone', plain)).toBeUndefined();
  });
});
