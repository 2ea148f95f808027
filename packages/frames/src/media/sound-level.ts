/** What a track sounds like at a moment, for a meter; and a sound to try a loudspeaker with. */

const TEST_SOUND_S = 0.8;

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

/** Two soft tones, one after the other; done when they are over. */
export async function playTestSound(): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    const gain = context.createGain();
    gain.gain.setValueAtTime(0.15, context.currentTime);
    gain.gain.exponentialRampToValueAtTime(0.001, context.currentTime + TEST_SOUND_S);
    gain.connect(context.destination);
    const tone = context.createOscillator();
    tone.frequency.setValueAtTime(440, context.currentTime);
    tone.frequency.setValueAtTime(660, context.currentTime + TEST_SOUND_S / 2);
    tone.connect(gain);
    const over = new Promise((resolve) => tone.addEventListener('ended', resolve));
    tone.start();
    tone.stop(context.currentTime + TEST_SOUND_S);
    await over;
  } finally {
    await context.close();
  }
}
