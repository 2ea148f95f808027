/** Every channel of a run as data, and one token for each. */

import { randomInt } from 'node:crypto';
import { agentCommands, visitorCommands } from '@alongside/protocol';
import type { Canary } from '../wanted.js';
import type { Channel } from './channel.js';
import { sending, staying, travelling } from './channel.js';
import { faultChannel, handlerFaults } from './handler-faults.js';
import { pageChannels } from './page-channels.js';

/** What a command of the signalling sockets is given as an argument that it cannot take. */
export const commandChannel = {
  visitor: (command: string) => `visitor's command ${command}`,
  agent: (command: string) => `agent's command ${command}`,
} as const;

const acts: readonly Channel[] = [
  staying('before', 'text shown before consent'),
  sending('before', 'frame sent before consent'),
  sending('before', 'garbage pass'),
  sending('before', 'address asked of live'),
  staying('before', 'unsent draft of the visitor'),
  staying('before', 'unsent draft of the agent'),
  travelling('change', 'late text'),
  travelling('change', 'late attribute'),
  { ...travelling('change', 'typed into an allowed field'), visitorsBrowserKeeps: true },
  { ...staying('change', 'typed into a masked field'), visitorsBrowserKeeps: true },
  staying('change', 'typed into a password field'),
  { ...travelling('control', 'typed by the agent'), visitorsBrowserKeeps: true },
  // Its characters are the places of the line: what is drawn holds no text, and is looked for as a sealed body.
  travelling('annotation', 'drawn by the agent'),
  travelling('call', 'name of the stream in the media parameters'),
  sending('call', 'fingerprint of the connection'),
  sending('call', 'user fragment of the connection'),
  travelling('call', 'sound in tones'),
  travelling('call', 'picture in squares'),
  travelling('slow', 'text for a slow agent'),
  travelling('partition', 'text during a disconnect'),
  sending('partition', 'frame sent during a disconnect'),
  sending('hostile', 'frame of an unknown kind'),
  sending('hostile', 'frame with a wrong sequence'),
  sending('hostile', 'oversized frame'),
  sending('hostile', 'frame larger than any'),
  sending('hostile', 'text in place of a frame'),
  sending('hostile', 'bad intent'),
  sending('hostile', 'bad acknowledgement'),
  sending('hostile', 'unknown command'),
  sending('hostile', 'garbage handshake'),
  ...Object.keys(visitorCommands).map((command) => sending('hostile', commandChannel.visitor(command))),
  ...Object.keys(agentCommands).map((command) => sending('hostile', commandChannel.agent(command))),
  // An acknowledgement has no room for a canary.
  ...handlerFaults
    .filter(({ lane }) => lane !== 'ack')
    .map(({ handler }) => sending('faults', faultChannel(handler))),
  sending('stopping', 'frame sent while the visitor stops'),
  staying('after', 'text after the stop'),
  sending('after', 'frame sent after the stop'),
];

export const channels: readonly Channel[] = [...pageChannels, ...acts];

/** What the visitor's profile may hold because their own browser holds it of every page; nobody else may. */
export const keptByTheVisitorsBrowser: ReadonlySet<string> = new Set(
  channels.filter((channel) => channel.visitorsBrowserKeeps === true).map(({ name }) => name),
);

/** Of a call, what `live` has to hand on in clear: to the other browser, and to the media worker. */
export const toldThroughLive: ReadonlySet<string> = new Set(['name of the stream in the media parameters']);

/** Said to `live` over its signalling, in clear: of a call's parameters what ends there, and what is refused. */
export const saidToLive: ReadonlySet<string> = new Set([
  'fingerprint of the connection',
  'user fragment of the connection',
  'address asked of live',
  'unknown command',
  'garbage handshake',
  ...Object.keys(visitorCommands).map((command) => commandChannel.visitor(command)),
  ...Object.keys(agentCommands).map((command) => commandChannel.agent(command)),
]);

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const TOKEN_LENGTH = 24;

/** What the masking takes for a number or an account of somebody, wherever it stands. */
const LIKE_A_NUMBER = /\d\d|(?:\d.*){6}/;

/**
 * One token: 24 characters of the system's random source, none of the digits first, as a class has to be, and none
 * that would be masked for its look.
 */
export function createToken(): string {
  for (;;) {
    const token = drawn(letters.slice(0, 26), 1) + drawn(letters, TOKEN_LENGTH - 1);
    if (!LIKE_A_NUMBER.test(token)) return token;
  }
}

function drawn(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)] ?? '').join('');
}

/** The tokens of one run. */
export class Canaries {
  readonly all: readonly Canary[];
  readonly #tokens: ReadonlyMap<string, string>;

  constructor() {
    this.all = channels.map(({ name, digits }) => ({
      channel: name,
      token: digits === true ? drawn('123456789', TOKEN_LENGTH) : createToken(),
    }));
    this.#tokens = new Map(this.all.map(({ channel, token }) => [channel, token]));
  }

  token(channel: string): string {
    const token = this.#tokens.get(channel);
    if (token === undefined) throw new Error(`There is no channel named ${channel}.`);
    return token;
  }
}
