/**
 * The text messages of the frames' WebSocket: how a client is admitted, and what the relay tells about peers.
 * Everything else on that socket is a binary frame (frame-header.ts). A note carries ids and numbers only. The
 * visitor's page reads its notes with visitor-note.ts.
 */

import * as v from 'valibot';
import { exactObject } from './exact-object.js';
import { AgentId, Secret256 } from './ids.js';
import { readNoteText } from './note-text.js';

const Slot = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff));
const AgentSlot = v.pipe(Slot, v.minValue(1));
const Epoch = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));

/** The client's first message, and its only text message. */
export const FrameAdmission = exactObject({ protocol: v.number(), pass: Secret256 });
export type FrameAdmission = v.InferOutput<typeof FrameAdmission>;

/** The relay's first message: the visitor has slot 0, agents 1 and up. */
export const AdmittedNote = v.variant('role', [
  exactObject({ role: v.literal('visitor'), slot: v.literal(0) }),
  exactObject({ role: v.literal('agent'), slot: AgentSlot }),
]);

/**
 * To the visitor: an agent came or went. `away` says that only the connection is lost and the agent may be back
 * within the pass's time; without it the agent has left or lost a permission, and the visitor changes the key.
 * After the visitor's own reconnection the relay tells first who left meanwhile, then who is present.
 */
const AgentPeer = exactObject({
  slot: AgentSlot,
  agent: AgentId,
  present: v.boolean(),
  away: v.optional(v.literal(true)),
});

/** To an agent: the visitor's connection is there, or not. */
const VisitorPeer = exactObject({ slot: v.literal(0), present: v.boolean() });

/** What the relay tells a visitor. */
export const VisitorNote = v.union([
  exactObject({ admitted: AdmittedNote }),
  exactObject({ peer: AgentPeer }),
  /** That agent was cut for slowness and needs the next epoch. */
  exactObject({ behind: exactObject({ slot: AgentSlot }) }),
]);
export type VisitorNote = v.InferOutput<typeof VisitorNote>;

/** Why the relay did not pass an intent on. */
const intentNoteCodes = ['leaseMissing', 'tooFast', 'peerAbsent'] as const;
export type IntentNoteCode = (typeof intentNoteCodes)[number];

/** What the relay tells an agent. */
export const AgentNote = v.union([
  exactObject({ admitted: AdmittedNote }),
  exactObject({ peer: VisitorPeer }),
  /** Too slow: no stream frame of this epoch comes any more; the next epoch's do. */
  exactObject({ cut: exactObject({ epoch: Epoch }) }),
  /** The intent that this header names was not passed on: the lease had ended, or it was one too many. */
  exactObject({
    refused: exactObject({ epoch: Epoch, sequence: Epoch, code: v.picklist(intentNoteCodes) }),
  }),
]);
export type AgentNote = v.InferOutput<typeof AgentNote>;

/** Writes a note or an admission. */
export function writeNote(note: VisitorNote | AgentNote | FrameAdmission): string {
  return JSON.stringify(note);
}

/** Reads a client's first message; undefined when it is not one. */
export function readFrameAdmission(text: string): FrameAdmission | undefined {
  return read(FrameAdmission, text);
}

/** Reads a note to an agent; undefined when it is none. */
export function readAgentNote(text: string): AgentNote | undefined {
  return read(AgentNote, text);
}

function read<T>(schema: v.GenericSchema<unknown, T>, text: string): T | undefined {
  const parsed = v.safeParse(schema, readNoteText(text));
  return parsed.success ? parsed.output : undefined;
}
