/** Whether a device keeps up with drawing: told once enough frames were looked at. */

const LOOKED_AT = 24;
/** Below four pictures a second nobody is shown well, and little else runs beside it. */
const MOST_MS = 250;

export class FramePace {
  readonly #spentMs: number[] = [];

  /** By the middle one of the last second or more: a machine that stood still for a moment is not slow. */
  isTooSlow(spentMs: number): boolean {
    this.#spentMs.push(spentMs);
    if (this.#spentMs.length > LOOKED_AT) this.#spentMs.shift();
    if (this.#spentMs.length < LOOKED_AT) return false;
    const middle = [...this.#spentMs].sort((a, b) => a - b)[LOOKED_AT / 2];
    return middle !== undefined && middle > MOST_MS;
  }
}
