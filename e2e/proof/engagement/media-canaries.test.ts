/** What was said in tones and shown in squares is read again, through noise as a codec makes it; nothing else is. */

import { expect, test } from 'vitest';
import { createToken } from './channels.js';
import { seenIn, squaresOf } from './squares.js';
import { heardIn, TONE_SECONDS, tonesOf } from './tones.js';

const RATE = 12_000;

function play(tones: readonly number[], seconds: number, noise: number): Float32Array {
  const samples = new Float32Array(Math.round(seconds * RATE));
  let phase = 0;
  for (let at = 0; at < samples.length; at += 1) {
    const tone = tones[Math.floor(at / RATE / TONE_SECONDS) % tones.length] ?? 0;
    phase += (2 * Math.PI * tone) / RATE;
    samples[at] = 0.4 * Math.sin(phase) + noise * (Math.random() - 0.5);
  }
  return samples;
}

test('a token is heard in its tones, from wherever one begins to listen', () => {
  const token = createToken();
  const samples = play(tonesOf(token), 7, 0.2);
  expect(heardIn(samples.subarray(13_217), RATE)).toContain(token);
});

test('the same character several times is as many tones', () => {
  expect(heardIn(play(tonesOf('aaaabb00'), 3, 0.05), RATE)).toContain('aaaabb00');
});

test('nothing is heard in silence, in noise and in a single tone', () => {
  const of = (tones: readonly number[], noise: number) => heardIn(play(tones, 4, noise), RATE);
  expect(of([0], 0)).toEqual([]);
  expect(of([0], 1)).toEqual([]);
  expect(of([1000], 0.1)).toEqual([]);
});

test('a token cut off by silence is not heard', () => {
  const token = createToken();
  const samples = play(tonesOf(token), 4, 0.05);
  samples.fill(0, RATE, 2 * RATE);
  expect(heardIn(samples, RATE)).not.toContain(token);
});

test('a token is seen in its squares, though they are no longer quite dark or light', () => {
  const token = createToken();
  const brightness = squaresOf(token).map((dark) => (dark ? 40 : 210) + Math.random() * 40);
  expect(seenIn(brightness)).toBe(token);
  expect(seenIn(brightness.map(() => 128))).not.toBe(token);
});
