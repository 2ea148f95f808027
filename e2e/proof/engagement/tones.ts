/** A canary as a melody: one tone for each of its characters, and the character of each tone again from what was heard. */

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Between two repetitions, so that a beginning is known. */
const START_HERTZ = 400;
const STEP_HERTZ = 40;
/** Places take turns between two ranges, so that the same character twice is two tones. */
const RANGES_HERTZ = [600, 2200] as const;
export const TONE_SECONDS = 0.1;

const HOP_SECONDS = 0.01;
const WINDOW_SECONDS = 0.05;
/** Of the energy in a window; what lies between two tones has none that stands out so. */
const PURITY = 0.5;
/** In hops: a shorter run is the passage from one tone to the next. */
const SHORTEST_RUN = 2;

/** Played again and again. */
export function tonesOf(token: string): readonly number[] {
  const tones = [...token].map((letter, place) => {
    const at = LETTERS.indexOf(letter);
    if (at < 0) throw new RangeError('A canary in tones has letters and digits only.');
    return (RANGES_HERTZ[place % 2] ?? 0) + at * STEP_HERTZ;
  });
  return [START_HERTZ, ...tones];
}

/** Everything that was heard whole, from one start to the next. */
export function heardIn(samples: Float32Array, samplesPerSecond: number): readonly string[] {
  const melodies: (readonly number[])[] = [];
  let open: number[] | undefined;
  for (const tone of tonesIn(samples, samplesPerSecond)) {
    if (tone !== START_HERTZ) open?.push(tone);
    else {
      if (open !== undefined) melodies.push(open);
      open = [];
    }
  }
  return melodies.map(wordOf);
}

function wordOf(tones: readonly number[]): string {
  return tones
    .map((tone, place) => LETTERS[(tone - (RANGES_HERTZ[place % 2] ?? 0)) / STEP_HERTZ] ?? '?')
    .join('');
}

const known = [
  START_HERTZ,
  ...RANGES_HERTZ.flatMap((from) => [...LETTERS].map((_, at) => from + at * STEP_HERTZ)),
];

function* tonesIn(samples: Float32Array, samplesPerSecond: number): Generator<number> {
  const hop = Math.round(HOP_SECONDS * samplesPerSecond);
  const length = Math.round(WINDOW_SECONDS * samplesPerSecond);
  let last: number | undefined;
  let told: number | undefined;
  let run = 0;
  for (let from = 0; from + length <= samples.length; from += hop) {
    const tone = purest(samples.subarray(from, from + length), samplesPerSecond);
    run = tone === last ? run + 1 : 1;
    last = tone;
    if (tone === undefined || run < SHORTEST_RUN || tone === told) continue;
    told = tone;
    yield tone;
  }
}

/** The known tone that makes most of what sounds; undefined where none does. */
function purest(window: Float32Array, samplesPerSecond: number): number | undefined {
  const energy = window.reduce((sum, sample) => sum + sample * sample, 0);
  if (energy === 0) return undefined;
  let [loudest, most]: [number | undefined, number] = [undefined, 0];
  for (const tone of known) {
    const share = (2 * powerAt(window, tone / samplesPerSecond)) / (window.length * energy);
    if (share > most) [loudest, most] = [tone, share];
  }
  return most >= PURITY ? loudest : undefined;
}

/** Goertzel's: one line of the spectrum. */
function powerAt(window: Float32Array, perSample: number): number {
  const turn = 2 * Math.cos(2 * Math.PI * perSample);
  let [before, beforeThat] = [0, 0];
  for (const sample of window) [before, beforeThat] = [sample + turn * before - beforeThat, before];
  return before * before + beforeThat * beforeThat - turn * before * beforeThat;
}
