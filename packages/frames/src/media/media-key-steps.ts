/** What both sides of agreeing on a call's keys have in common: a name, and steps that are taken one after the other. */

import type { CallKeyStep } from '@alongside/protocol';
import { FRAME_HEADER_BYTES, readFrameHeader } from '@alongside/protocol';
import type { Bytes } from '../bytes.js';
import { fromBase64url, randomBytes, toBase64url } from '../bytes.js';
import type { Continuity } from '../continuity.js';
import type { FrameClock } from '../frame-clock.js';
import type { Hello } from '../hello.js';
import { readHello } from '../hello.js';
import type { EpochKeys } from './media-keyring.js';

/** What is derived for a call is of no use for frames, nor the other way round. */
export const MEDIA_LABEL = 'alongside/media/1';
/** How long an epoch stays readable after the next one is in use. */
export const FORGET_MS = 4000;
const NAME_BYTES = 16;

/** Where the secrets of epochs go; the worker's port. */
export interface SecretRing {
  hold(keys: EpochKeys): void;
  sealUnder(epoch: number): void;
  keepOnly(epoch: number): void;
}

export interface MediaKeysDeps {
  /** The engagement and the call: what is agreed on for one is of no use in another. */
  readonly place: string;
  readonly ring: SecretRing;
  readonly send: (step: CallKeyStep) => void;
  /** Six digits that both may compare, and whether they are those of before. */
  readonly onAgreed: (agreed: {
    readonly peer: string;
    readonly agentId?: string | undefined;
    readonly code: string;
    readonly continuity: Continuity;
  }) => void;
  readonly onGone?: (peer: string) => void;
  readonly clock?: FrameClock;
}

export interface Stepper {
  send(step: Pick<CallKeyStep, 'step' | 'to'>, bytes?: Bytes): void;
  take(step: CallKeyStep, agentId?: string): void;
  /** After everything that was taken before. */
  then(act: () => Promise<void>): void;
  close(): void;
}

/** Steps of others wait for one another: what is agreed on takes moments in which the next may come. */
export function newStepper(
  { send }: MediaKeysDeps,
  act: (step: CallKeyStep, agentId?: string) => Promise<void>,
): Stepper {
  const own = toBase64url(randomBytes(NAME_BYTES));
  let last = Promise.resolve();
  let closed = false;
  const then = (next: () => Promise<void>): void => {
    // What a hostile step makes fail ends with it: the next one is taken all the same.
    last = last.then(() => (closed ? undefined : next())).catch(() => undefined);
  };
  const say: Stepper['send'] = (step, bytes) => {
    if (!closed) send({ ...step, from: own, ...(bytes === undefined ? {} : { bytes: toBase64url(bytes) }) });
  };
  return {
    send: say,
    then,
    take: (step, agentId) => {
      if (step.from !== own && (step.to === undefined || step.to === own)) then(() => act(step, agentId));
    },
    close: () => {
      say({ step: 'gone' });
      closed = true;
    },
  };
}

/** A frame of the co-browse protocol in a step: a hello, a key, or the header of one. */
export function readAgree(
  text: string | undefined,
): { readonly frame: Bytes; readonly slot: number; readonly hello: Hello | undefined } | undefined {
  if (text === undefined) return undefined;
  const frame = fromBase64url(text, Math.floor((text.length * 3) / 4));
  const header = frame && readFrameHeader(frame);
  if (frame === undefined || header === undefined) return undefined;
  const hello =
    header.kind === 'hello' && frame.byteLength > FRAME_HEADER_BYTES ? readHello(frame) : undefined;
  return { frame, slot: header.slot, hello };
}
