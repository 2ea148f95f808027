/** Keeps every fact that a socket says, in order, so that a test can wait for one or see that none came. */

import { until } from './until.js';

interface FactSource {
  onAny(listener: (name: string, ...args: unknown[]) => void): unknown;
}

export interface RecordedFact {
  readonly name: string;
  readonly body: unknown;
}

export class FactRecorder {
  readonly facts: RecordedFact[] = [];

  constructor(source: FactSource) {
    source.onAny((name, body) => this.facts.push({ name, body }));
  }

  named<T>(name: string): T[] {
    return this.facts.filter((fact) => fact.name === name).map((fact) => fact.body as T);
  }

  /** The first fact of this name that fits, already here or yet to come. */
  waitFor<T>(name: string, fits: (body: T) => boolean = () => true): Promise<T> {
    return until(() => this.named<T>(name).find(fits)) as Promise<T>;
  }

  /** Forgets what came until now. */
  clear(): void {
    this.facts.length = 0;
  }
}
