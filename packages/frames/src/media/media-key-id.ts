/** What a key's number tells: of which epoch it is, whose, and for which of their sources. */

const sourceCodes = { microphone: 0, camera: 1, screen: 2 } as const;
/** What is sealed: each has a codec whose clear bytes are known. */
export type SealedSource = keyof typeof sourceCodes;

const sources = Object.keys(sourceCodes) as SealedSource[];

/** The visitor is 0; agents have the others. */
export const VISITOR_SLOT = 0;
export const LAST_SLOT = 7;
/** Epochs are told apart by their last byte, as long as two of them are held at most. */
export const EPOCHS = 256;

export interface MediaKeyName {
  readonly epoch: number;
  readonly slot: number;
  readonly source: SealedSource;
}

export function mediaKeyId({ epoch, slot, source }: MediaKeyName): number {
  return (epoch % EPOCHS) * 32 + slot * 4 + sourceCodes[source];
}

export function readMediaKeyId(keyId: number): MediaKeyName | undefined {
  const source = sources.find((each) => sourceCodes[each] === keyId % 4);
  if (source === undefined) return undefined;
  const name = { epoch: Math.floor(keyId / 32), slot: Math.floor(keyId / 4) % 8, source };
  return name.epoch < EPOCHS ? name : undefined;
}
