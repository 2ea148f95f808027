/** How long each step of the script took, and which step a run came to grief in. */

export interface TimedStep {
  readonly step: string;
  readonly tookMs: number;
}

export class Timed {
  readonly steps: TimedStep[] = [];
  readonly #onStep: ((step: TimedStep) => void) | undefined;

  constructor(onStep?: (step: TimedStep) => void) {
    this.#onStep = onStep;
  }

  async run<T>(step: string, act: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      return await act();
    } catch (error) {
      throw new Error(`The engagement came no further than: ${step}.`, { cause: error });
    } finally {
      const timed = { step, tookMs: Math.round(performance.now() - startedAt) };
      this.steps.push(timed);
      this.#onStep?.(timed);
    }
  }
}
