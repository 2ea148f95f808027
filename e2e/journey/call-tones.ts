/** Voices that can be told apart: each browser's microphone is a tone of its own, and what is heard is decoded anew. */

import { type BrowserContext, expect, type Locator } from '@playwright/test';

/** Far from each other, and within what a codec for speech carries. */
export const tones = { visitor: 500, lead: 900, third: 1400 } as const;
export type Speaker = keyof typeof tones;

/** Has to come before the first page of the context. */
export async function speakIn(context: BrowserContext, speaker: Speaker): Promise<void> {
  await context.addInitScript(replaceMicrophone, tones[speaker]);
}

function replaceMicrophone(tone: number): void {
  const devices = navigator.mediaDevices;
  if (devices === undefined) return;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wish) => {
    if (!wish?.audio) return open(wish);
    const context = new AudioContext();
    const [oscillator, volume] = [context.createOscillator(), context.createGain()];
    const out = context.createMediaStreamDestination();
    oscillator.frequency.value = tone;
    oscillator.connect(volume).connect(out);
    // On and off, as speech is: an even tone is taken for noise. Softly, for a click is of every tone.
    for (let at = 0; at < 600; at += 1)
      volume.gain.setTargetAtTime(at % 2 === 0 ? 0.5 : 0.05, at * 0.3, 0.02);
    oscillator.start();
    return out.stream;
  };
}

/** Whose voices come out of the decoders of this page, over more than a second. */
async function heardIn(voices: Locator): Promise<readonly Speaker[]> {
  const levels = await voices.evaluateAll(listen, Object.values(tones));
  return (Object.keys(tones) as Speaker[]).filter((_, index) => (levels[index] ?? -200) > -40);
}

async function listen(elements: readonly Element[], frequencies: readonly number[]): Promise<number[]> {
  const context = new AudioContext();
  await context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 4096;
  analyser.smoothingTimeConstant = 0;
  for (const element of elements) {
    const stream = (element as HTMLAudioElement).srcObject;
    if (stream instanceof MediaStream) context.createMediaStreamSource(stream).connect(analyser);
  }
  const levels = new Float32Array(analyser.frequencyBinCount);
  const loudest = frequencies.map(() => -200);
  const until = performance.now() + 1_300;
  while (performance.now() < until) {
    await new Promise((resume) => setTimeout(resume, 40));
    analyser.getFloatFrequencyData(levels);
    frequencies.forEach((frequency, index) => {
      const bin = Math.round((frequency * analyser.fftSize) / context.sampleRate);
      loudest[index] = Math.max(loudest[index] ?? -200, ...levels.slice(bin - 1, bin + 2));
    });
  }
  await context.close();
  return loudest;
}

/** Exactly these, and again a moment later: what is cut off must stay so. */
export async function expectHeard(voices: Locator, speakers: readonly Speaker[], who: string): Promise<void> {
  const told = [...speakers].sort();
  const heard = async (): Promise<readonly Speaker[]> => [...(await heardIn(voices))].sort();
  await expect.poll(heard, { message: who, timeout: 20_000 }).toEqual(told);
  expect(await heard(), `${who}, and goes on so`).toEqual(told);
}
