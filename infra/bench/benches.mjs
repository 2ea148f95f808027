/**
 * The list of benches: name, what it measures, what it needs of the machine, and the module that measures it. A
 * deterministic one comes out the same from the same sources, to the byte: one round says all. Rounds are as few as
 * the spread allows, so that all of them together take about half an hour.
 */

import { databaseBenches } from './database-benches.mjs';

/** @param {string} name @param {string} about @param {{ rounds?: number, needs?: readonly string[] }} [how] */
const bench = (name, about, { rounds, needs = [] } = {}) => ({
  ...{ name, about, needs, rounds: rounds ?? 1, deterministic: rounds === undefined },
  load: () => import(`./${name}.mjs`),
});

const browser = ['chromium'];
const media = ['chromium', 'media-worker'];

export const benches = [
  bench('sdk-size', 'bytes of the visitor SDK, part by part, against what others deliver (deterministic)'),
  bench(
    'wire-bytes',
    'sealed bytes of five recorded kinds of page, against JSON and rrweb’s packer (deterministic)',
  ),
  bench(
    'visitor-idle',
    'script time of a page with the tag that nobody watches, against the page without it',
    {
      ...{ rounds: 10, needs: browser },
    },
  ),
  bench(
    'visitor-recording',
    'main-thread time of recording for each change, against rrweb alone and its packer',
    {
      ...{ rounds: 10, needs: browser },
    },
  ),
  bench('visitor-inp', 'press to frame on a watched page, against the page without the SDK', {
    ...{ rounds: 8, needs: browser },
  }),
  bench(
    'first-view',
    'asking for a page to seeing all of it, at 1k, 10k and 50k nodes, against rrweb and gzip',
    {
      ...{ rounds: 3, needs: browser },
    },
  ),
  bench(
    'view-latency',
    'change on the page to change in the replay, against unbuffered rrweb over plain ws',
    {
      ...{ rounds: 5, needs: browser },
    },
  ),
  bench('replay', 'script time of playing a page’s changes, against rrweb’s replayer alone', {
    ...{ rounds: 5, needs: browser },
  }),
  bench('relay', 'server CPU per relayed frame, against a raw ws relay and socket.io with JSON', {
    rounds: 5,
  }),
  bench('fan-out', 'server CPU per further agent of an engagement, 1 to 20 of them, against a raw ws relay', {
    rounds: 5,
  }),
  bench('slow-agent', 'what one agent who does not read costs the server and the others', { rounds: 3 }),
  bench('idle-memory', 'server memory of an engagement in which nothing happens, against socket.io', {
    rounds: 1,
  }),
  bench('sealing', 'bytes and time of what is sealed and padded, against the same build without it', {
    ...{ rounds: 4, needs: browser },
  }),
  bench('call-setup', 'press to first decoded picture, against bare peers and mediasoup step by step', {
    ...{ rounds: 4, needs: media },
  }),
  bench('call-sealing', 'CPU and delay of a call that is sealed from end to end, against the same without', {
    ...{ rounds: 4, needs: browser },
  }),
  bench('sfu', 'worker CPU for a packet of a call and what Node adds, against a bare mediasoup router', {
    ...{ rounds: 5, needs: media },
  }),
  bench('calls-per-core', 'calls that a core carries, against the same streams through bare mediasoup', {
    ...{ rounds: 5, needs: media },
  }),
  bench('call-heal', 'killed media worker or switched network to sound and pictures both ways again', {
    ...{ rounds: 10, needs: media },
  }),
  bench('chat-commit', 'journal.append to acknowledgement, against one INSERT and COMMIT per entry', {
    rounds: 4,
  }),
  ...databaseBenches,
];
