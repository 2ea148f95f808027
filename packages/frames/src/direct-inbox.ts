/** Puts together what the visitor sends to one agent alone: snapshots, assets and answers. */

import { frameLimits } from '@alongside/protocol';
import type { Bytes } from './bytes.js';
import { fromJson } from './bytes.js';
import type { FrameBody, Payload } from './frame-body.js';
import type { Outcome } from './frame-fault.js';
import { done, faulty } from './frame-fault.js';
import { inflateWhole } from './inflate.js';
import { isWithin, pageJson } from './json-budget.js';
import type { PageAsset } from './page-asset.js';
import { readAsset } from './page-asset.js';
import { PartAssembler } from './part-assembler.js';

export type DirectMessage =
  | { readonly kind: 'snapshot'; readonly events: readonly unknown[] }
  | { readonly kind: 'asset'; readonly asset: PageAsset }
  | { readonly kind: 'answer'; readonly body: unknown };

export class DirectInbox {
  readonly #assemblers = {
    snapshot: new PartAssembler({
      payloadBytes: frameLimits.snapshotBytes,
      plainBytes: frameLimits.snapshotPlainBytes,
    }),
    asset: new PartAssembler({
      payloadBytes: frameLimits.assetBytes,
      plainBytes: frameLimits.assetPlainBytes,
    }),
    answer: new PartAssembler({ payloadBytes: 64 * 1024, plainBytes: 64 * 1024 }),
  };

  /** The message after its last part, undefined before. */
  async take(kind: DirectMessage['kind'], body: FrameBody): Promise<Outcome<DirectMessage | undefined>> {
    const whole = this.#assemblers[kind].add(body);
    if (!whole.ok || whole.value === undefined) return whole.ok ? done(undefined) : whole;
    const plain = plainOf(whole.value);
    if (plain === undefined) return faulty('inflatesTooFar');
    if (kind === 'asset') {
      const asset = await readAsset(plain);
      return asset === undefined ? faulty('malformed') : done({ kind, asset });
    }
    if (!isWithin(plain, pageJson)) return faulty('tooLarge');
    const value = fromJson(plain);
    if (kind === 'answer') return value === undefined ? faulty('malformed') : done({ kind, body: value });
    return Array.isArray(value) ? done({ kind, events: value }) : faulty('malformed');
  }
}

function plainOf(payload: Payload): Bytes | undefined {
  if (payload.deflated) return inflateWhole(payload.bytes, payload.plainLength);
  return payload.bytes.byteLength === payload.plainLength ? payload.bytes : undefined;
}
