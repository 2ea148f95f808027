/** What the visitor hears and sees of others in a call: of the agent who leads, and of who is in it beside them. */

import type { AgentId, RemoteProducer } from '@alongside/protocol';
import type { ReadonlySignal } from '@preact/signals';
import { computed, signal } from '@preact/signals';

export interface HeardTrack {
  readonly producer: RemoteProducer;
  readonly track: MediaStreamTrack;
}

export class HeardTracks {
  readonly #all = signal<readonly HeardTrack[]>([]);
  readonly voices = computed(() =>
    this.#all.value.filter(({ producer }) => producer.source === 'microphone'),
  );
  readonly picture: ReadonlySignal<MediaStreamTrack | undefined>;
  /** The lead's voice is there and says nothing. */
  readonly muted: ReadonlySignal<boolean>;
  readonly otherPictures: ReadonlySignal<readonly HeardTrack[]>;
  readonly #leadId: ReadonlySignal<AgentId | undefined>;
  readonly screens = computed(() => this.#all.value.filter(({ producer }) => producer.source === 'screen'));

  constructor(leadId: ReadonlySignal<AgentId | undefined>) {
    this.#leadId = leadId;
    const isLeads = ({ producer }: HeardTrack): boolean => this.isLeads(producer);
    const pictures = computed(() =>
      this.#all.value.filter(({ producer }) => producer.source === 'camera' && !producer.muted),
    );
    this.picture = computed(() => pictures.value.find(isLeads)?.track);
    this.muted = computed(() => this.voices.value.find(isLeads)?.producer.muted ?? false);
    this.otherPictures = computed(() => pictures.value.filter((each) => !isLeads(each)));
  }

  /** Without a word of whose it is there is one agent alone. */
  isLeads({ agentId }: RemoteProducer): boolean {
    return agentId === undefined || agentId === this.#leadId.value;
  }

  came(producer: RemoteProducer, track: MediaStreamTrack): void {
    this.#all.value = [...this.#without(producer.producerId), { producer, track }];
  }

  went(producerId: string): void {
    this.#all.value = this.#without(producerId);
  }

  changed(producer: RemoteProducer): void {
    this.#all.value = this.#all.value.map((each) =>
      each.producer.producerId === producer.producerId ? { ...each, producer } : each,
    );
  }

  clear(): void {
    this.#all.value = [];
  }

  #without(producerId: string): readonly HeardTrack[] {
    return this.#all.value.filter(({ producer }) => producer.producerId !== producerId);
  }
}
