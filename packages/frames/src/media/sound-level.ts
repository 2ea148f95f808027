/** What a track sounds like at a moment, for a meter; and a sound to try a loudspeaker with. */

const TEST_SOUND_S = 0.8;
/** A browser that lets a page make no sound never says so, and has few contexts to give. */
const SILENT_MS = 3000;

interface SinkContext extends AudioContext {
  setSinkId?(id: string): Promise<void>;
}

export class SoundLevel {
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #samples = new Float32Array(this.#analyser.fftSize);

  constructor(track: MediaStreamTrack) {
    this.#context.createMediaStreamSource(new MediaStream([track])).connect(this.#analyser);
    this.#context.resume().catch(() => undefined);
  }

  /** Good until it is read again. */
  read(): Float32Array {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return this.#samples;
  }

  close(): void {
    this.#context.close().catch(() => undefined);
  }
}

/** Two soft tones, one after the other, by this loudspeaker where the browser lets a page choose; done when they are over. */
export async function playTestSound(loudspeaker = ''): Promise<void> {
  const context: SinkContext = new AudioContext();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Nothing may sound in this page now.')), SILENT_MS);
  });
  try {
    await Promise.race([soundIn(context, loudspeaker), silent]);
  } finally {
    clearTimeout(timer);
    await context.close();
  }
}

async function soundIn(context: SinkContext, loudspeaker: string): Promise<void> {
  if (loudspeaker !== '') await context.setSinkId?.(loudspeaker);
  await context.resume();
  const gain = context.createGain();
  gain.gain.setValueAtTime(0.15, context.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.001, context.currentTime + TEST_SOUND_S);
  gain.connect(context.destination);
  const tone = context.createOscillator();
  tone.frequency.setValueAtTime(440, context.currentTime);
  tone.frequency.setValueAtTime(660, context.currentTime + TEST_SOUND_S / 2);
  tone.connect(gain);
  const over = new Promise<void>((resolve) => tone.addEventListener('ended', () => resolve()));
  tone.start();
  tone.stop(context.currentTime + TEST_SOUND_S);
  await over;
}
