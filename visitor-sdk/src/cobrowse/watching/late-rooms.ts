/**
 * Embedded documents and formulas that had no room when they were told of, so that nothing stands for them: once one is
 * given some, a box has to.
 */

export interface LateRoomsDeps {
  readonly window: Window & typeof globalThis;
  hasRoom(element: Element): boolean;
  onRoom(): void;
}

export class LateRooms {
  readonly #deps: LateRoomsDeps;
  #sizes: ResizeObserver | undefined;

  constructor(deps: LateRoomsDeps) {
    this.#deps = deps;
  }

  note(element: Element): void {
    this.#sizes ??= new this.#deps.window.ResizeObserver((entries, sizes) => {
      const roomy = entries.map(({ target }) => target).filter((target) => this.#deps.hasRoom(target));
      for (const target of roomy) sizes.unobserve(target);
      if (roomy.length > 0) this.#deps.onRoom();
    });
    this.#sizes.observe(element);
  }

  stop(): void {
    this.#sizes?.disconnect();
    this.#sizes = undefined;
  }
}
