/** The key that turns the microphone over while it is held. */

import { describe, expect, it } from 'vitest';
import { HeldKey, type KeyStroke } from './held-key.js';

const stroke = (more: Partial<KeyStroke> = {}): KeyStroke => ({
  ...{ code: 'KeyM', altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, isTrusted: true },
  ...more,
});

function held(muted: boolean | undefined) {
  const microphone = { muted, told: [] as boolean[] };
  const key = new HeldKey({
    isMuted: () => microphone.muted,
    mute: (next) => {
      microphone.muted = next;
      microphone.told.push(next);
    },
  });
  return { key, microphone };
}

describe('the held key', () => {
  it.each([true, false])('turns a microphone over whose muted is %s, and back', (muted) => {
    const { key, microphone } = held(muted);
    expect(key.down(stroke())).toBe(true);
    expect(microphone.muted).toBe(!muted);
    key.up(stroke({ altKey: false }));
    expect([microphone.muted, microphone.told]).toEqual([muted, [!muted, muted]]);
  });

  it('is held once however often it repeats', () => {
    const { key, microphone } = held(true);
    for (let i = 0; i < 5; i += 1) expect(key.down(stroke())).toBe(true);
    expect(microphone.told).toEqual([false]);
    key.up(stroke({ code: 'AltLeft' }));
    key.release();
    expect(microphone.told).toEqual([false, true]);
  });

  it.each<Partial<KeyStroke>>([
    { altKey: false },
    { ctrlKey: true },
    { metaKey: true },
    { shiftKey: true },
    { code: 'KeyN' },
    { isTrusted: false },
  ])('leaves %j to others', (more) => {
    const { key, microphone } = held(false);
    expect(key.down(stroke(more))).toBe(false);
    expect(microphone.told).toEqual([]);
  });

  it('does nothing without a microphone, or with one that went meanwhile', () => {
    const { key, microphone } = held(undefined);
    expect(key.down(stroke())).toBe(false);
    microphone.muted = true;
    key.down(stroke());
    microphone.muted = undefined;
    key.release();
    expect(microphone.told).toEqual([false]);
  });
});
