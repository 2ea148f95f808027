/** The microphones and cameras that there are, and that something came, went or was allowed, while anybody looks. */

import type { DeviceSource } from '@alongside/protocol';
import { signal } from '@preact/signals';

export interface KnownDevice {
  readonly id: string;
  /** Empty until the browser has been allowed to use one. */
  readonly label: string;
}

const kindOf = { microphone: 'audioinput', camera: 'videoinput' } as const satisfies Record<
  DeviceSource,
  string
>;
const sources = ['microphone', 'camera'] as const;

export class KnownDevices {
  readonly microphone = signal<readonly KnownDevice[]>([]);
  readonly camera = signal<readonly KnownDevice[]>([]);
  readonly #onChanged: () => void;
  #watching: AbortController | undefined;

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  watch(): void {
    if (this.#watching !== undefined) return;
    const watching = new AbortController();
    this.#watching = watching;
    const changed = (): void => {
      this.look().then(this.#onChanged, () => undefined);
    };
    const options = { signal: watching.signal };
    navigator.mediaDevices?.addEventListener?.('devicechange', changed, options);
    for (const name of sources) {
      // Not every browser tells of these; then a person presses "Try again".
      navigator.permissions
        ?.query({ name: name as PermissionName })
        .then((status) => status.addEventListener('change', changed, options))
        .catch(() => undefined);
    }
  }

  /** Labels come with the first device that is allowed: then it is looked again. */
  async look(): Promise<void> {
    const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    for (const source of sources) {
      this[source].value = all
        .filter(({ kind, deviceId }) => kind === kindOf[source] && deviceId !== '')
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
    }
  }

  stop(): void {
    this.#watching?.abort();
    this.#watching = undefined;
  }
}
