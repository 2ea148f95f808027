/**
 * Faults for the throw-away copy of one run: every handler of `live` that is given a frame throws once, at a frame
 * that a run has chosen, and what it throws quotes that frame. A fault must end its sender and write nothing down.
 */

import type { Patch } from '../copy/patch.js';

export interface HandlerFault {
  /** Class and method. */
  readonly handler: string;
  /** Of the built copy, where the handler begins with `signature`. */
  readonly file: string;
  readonly signature: string;
  /** Of those that the handler is given, the value with the frame in it. */
  readonly value: 'data' | 'bytes' | 'frame';
  /** Who sends the chosen frame, and as what. */
  readonly by: 'visitor' | 'agent' | 'stranger';
  readonly lane: 'pass' | 'data' | 'resend' | 'snapshot' | 'asset' | 'key' | 'intent' | 'ack' | 'want';
}

const CLIENT = 'server/dist/live/frames/frame-client.js';
const LINE = 'server/dist/live/frames/socket-line.js';
const ROOM = 'server/dist/live/relay/relay-room.js';
const SEAT = 'server/dist/live/relay/agent-seat.js';

/** All of them: a test holds this list against the code. */
export const handlerFaults: readonly HandlerFault[] = [
  {
    // The callback of the WebSocket itself: before this there is nothing in it that could throw.
    ...{ handler: 'FrameClient.#take', file: CLIENT, signature: 'this.#alive = true;\n        try {' },
    ...{ value: 'data', by: 'visitor', lane: 'data' },
  },
  {
    ...{ handler: 'FrameClient.#admit', file: CLIENT, signature: '#admit(data, isBinary) {' },
    ...{ value: 'data', by: 'stranger', lane: 'pass' },
  },
  {
    ...{ handler: 'SocketLine.send', file: LINE, signature: '    send(frame) {' },
    ...{ value: 'frame', by: 'visitor', lane: 'key' },
  },
  {
    ...{ handler: 'Frame.constructor', file: 'server/dist/live/relay/frame.js' },
    ...{ signature: 'constructor(bytes) {', value: 'bytes', by: 'visitor', lane: 'asset' },
  },
  {
    ...{ handler: 'FrameCheck.check', file: 'server/dist/live/relay/frame-check.js' },
    ...{ signature: '    check(bytes, nowMs) {', value: 'bytes', by: 'visitor', lane: 'snapshot' },
  },
  {
    ...{ handler: 'AgentSeat.sendStream', file: SEAT, signature: 'sendStream(header, frame, nowMs) {' },
    ...{ value: 'frame', by: 'visitor', lane: 'data' },
  },
  {
    ...{ handler: 'AgentSeat.sendDirect', file: SEAT, signature: 'sendDirect(header, frame, nowMs) {' },
    ...{ value: 'frame', by: 'visitor', lane: 'resend' },
  },
  {
    ...{ handler: 'AgentSeat.#send', file: SEAT, signature: '#send(frame) {' },
    ...{ value: 'frame', by: 'visitor', lane: 'resend' },
  },
  {
    ...{ handler: 'RelayRoom.takeFromVisitor', file: ROOM, signature: 'takeFromVisitor(seat, bytes) {' },
    ...{ value: 'bytes', by: 'visitor', lane: 'data' },
  },
  {
    ...{ handler: 'RelayRoom.#toAgents', file: ROOM, signature: '#toAgents(header, frame, now) {' },
    ...{ value: 'frame', by: 'visitor', lane: 'snapshot' },
  },
  {
    ...{ handler: 'RelayRoom.#count', file: ROOM, signature: '#count(bytes) {' },
    ...{ value: 'bytes', by: 'visitor', lane: 'key' },
  },
  {
    ...{ handler: 'RelayRoom.takeFromAgent', file: ROOM, signature: 'takeFromAgent(seat, bytes) {' },
    ...{ value: 'bytes', by: 'agent', lane: 'want' },
  },
  {
    ...{ handler: 'RelayRoom.#takeIntent', file: ROOM, signature: '#takeIntent(seat, bytes, now) {' },
    ...{ value: 'bytes', by: 'agent', lane: 'intent' },
  },
  {
    ...{ handler: 'RelayRoom.#toVisitor', file: ROOM, signature: '#toVisitor(frame) {' },
    ...{ value: 'frame', by: 'agent', lane: 'key' },
  },
  {
    ...{ handler: 'RelayRoom.#takeAck', file: ROOM, signature: '#takeAck(seat, bytes, now) {' },
    ...{ value: 'bytes', by: 'agent', lane: 'ack' },
  },
];

export const faultChannel = (handler: string) => `frame that makes ${handler} throw`;

/** Stands in a chosen frame before its canary. */
export function faultMark(handler: string): string {
  return `fault of ${handler}: `;
}

/** What `live` writes when a handler has thrown: it names the handler, and quotes nothing. */
export function thrownLine(handler: string): string {
  return `planted fault ${handler}`;
}

/** An acknowledgement has no room for a mark: its sequence tells of it, and what is thrown quotes the frame before. */
export const ACK_MARK = 0x66_61_75_6c;

const kit: Patch = {
  file: 'server/dist/live/frames/attach-frames.js',
  find: '',
  where: 'start',
  put: `
const plantedThrown = new Set();
let plantedBefore = '';
globalThis.plantedFault = (handler, value, mark, isAck) => {
    if (plantedThrown.has(handler)) return;
    const bytes = Buffer.from(value?.release?.() ?? value);
    const text = bytes.toString('latin1');
    const isChosen = isAck ? bytes.length === 16 && bytes.readUInt32BE(8) === ${ACK_MARK} : text.includes(mark);
    if (!isChosen) return;
    plantedThrown.add(handler);
    process.stderr.write('planted fault ' + handler + '\\n');
    const error = new TypeError('It could not be handled: ' + (isAck ? plantedBefore : text), { cause: bytes });
    plantedBefore = text;
    throw Object.assign(error, { frame: bytes, detail: text });
};
`,
};

export const faultPatches: readonly Patch[] = [
  kit,
  ...handlerFaults.map(({ handler, file, signature, value, lane }): Patch => {
    const given = `'${handler}', ${value}, '${faultMark(handler)}', ${lane === 'ack'}`;
    return { file, find: signature, where: 'after', put: `\n        globalThis.plantedFault(${given});` };
  }),
];
