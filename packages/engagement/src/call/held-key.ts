/**
 * A key that turns the microphone over while it is held: whoever is heard is silent meanwhile, and whoever is muted
 * is heard. Alt and M, by the key's place on the keyboard; letting either go ends it.
 */

/** As much of a keyboard event as it takes. */
export interface KeyStroke {
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly isTrusted: boolean;
}

export interface HeldMicrophone {
  /** Undefined where there is none to mute. */
  isMuted(): boolean | undefined;
  mute(muted: boolean): void;
}

export class HeldKey {
  readonly #microphone: HeldMicrophone;
  /** Whether it was muted before the key went down. */
  #before: boolean | undefined;

  constructor(microphone: HeldMicrophone) {
    this.#microphone = microphone;
  }

  /** True where the stroke is meant for it: nobody else is to have it. A key that repeats is held still. */
  down({ code, altKey, ctrlKey, metaKey, shiftKey, isTrusted }: KeyStroke): boolean {
    if (code !== 'KeyM' || !altKey || ctrlKey || metaKey || shiftKey || !isTrusted) return false;
    if (this.#before !== undefined) return true;
    const muted = this.#microphone.isMuted();
    if (muted === undefined) return false;
    this.#before = muted;
    this.#microphone.mute(!muted);
    return true;
  }

  up({ code }: KeyStroke): void {
    if (code === 'KeyM' || code.startsWith('Alt')) this.release();
  }

  /** Also where no key is seen going up: the window has lost the keyboard, or the call is over. */
  release(): void {
    const before = this.#before;
    this.#before = undefined;
    if (before !== undefined && this.#microphone.isMuted() !== undefined) this.#microphone.mute(before);
  }
}
