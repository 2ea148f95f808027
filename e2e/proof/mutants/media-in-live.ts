/**
 * Leaks of voice and picture: `live` asks its media worker for a copy of what a browser sends, as a recorder would,
 * and puts the packets somewhere. The worker has opened them by then: what leaks is what the browsers have encoded.
 */

import { join } from 'node:path';
import type { Patch } from '../copy/patch.js';
import { copiedByChild, fileHeldOpen, HELD_OPEN } from './file-held-open.js';
import type { Mutant, Planting } from './mutant.js';

const PARTICIPANT = 'server/dist/live/call/call-participant.js';

const reachRouter: Patch = {
  file: 'server/dist/live/call/call-room.js',
  find: 'this.#router = router;',
  where: 'after',
  put: '\n        globalThis.plantedRouter = router;',
};

/** Tells every planted leak of each packet of whoever sends. */
const copyPackets: Patch = {
  file: PARTICIPANT,
  find: 'export class CallParticipant {',
  where: 'before',
  put: `
const plantedMedia = [];
async function plantedCopy(producerId) {
    const router = globalThis.plantedRouter;
    const transport = await router.createDirectTransport();
    const consumer = await transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities });
    consumer.on('rtp', (packet) => plantedMedia.forEach((planted) => plantedTake(planted, Buffer.from(packet))));
}
function plantedTake(planted, packet) {
    if (planted.packets.length >= planted.most) return;
    planted.packets.push(packet);
    if (planted.packets.length < planted.most) return;
    const { name } = planted;
    void globalThis.plantedTry(name, () => planted.leak(process.getBuiltinModule('node:fs'), planted.packets));
}
`,
};

const eachProducer: Patch = {
  file: PARTICIPANT,
  find: 'this.#produced.set(producer.id, produced);',
  where: 'after',
  put: '\n            plantedCopy(producer.id).catch((error) => plantedMedia.forEach(({ name }) => globalThis.plantedTell(name, "ended", globalThis.plantedCode(error))));',
};

/** Voice of both and the visitor's picture are among so many. */
const PACKETS = 120;

interface MediaLeak extends Omit<Mutant, 'place' | 'plants' | 'short' | 'patches'> {
  /** JavaScript with `fs` and `packets`, each a plain packet of RTP. */
  code(planting: Planting): string;
  also?(planting: Planting): readonly Patch[];
}

function ofCall({ code, also, needs = [], ...mutant }: MediaLeak): Mutant {
  return {
    ...mutant,
    place: 'live',
    plants: 'media',
    short: false,
    needs: ['calls', ...needs],
    patches: (planting) => [
      ...(also?.(planting) ?? []),
      reachRouter,
      copyPackets,
      {
        file: PARTICIPANT,
        find: 'export class CallParticipant {',
        where: 'before',
        put: `plantedMedia.push({ name: '${mutant.name}', most: ${PACKETS}, packets: [], leak: async (fs, packets) => { ${code(planting)} } });\n`,
      },
      eachProducer,
    ],
  };
}

const inFolder = ({ places }: Planting, name: string) => JSON.stringify(join(places.temporary, name));

export const mediaInLive: readonly Mutant[] = [
  ofCall({
    name: 'media-file',
    title: 'Voice and picture are copied from the media worker and written to a file',
    detector: 'files',
    stoppedBy: 'permission',
    stopsWith: ['ERR_ACCESS_DENIED'],
    where: 'planted-voice',
    code: (planting) =>
      `for (const packet of packets) fs.appendFileSync(${inFolder(planting, 'planted-voice')}, packet);`,
  }),
  ofCall({
    name: 'recording-by-child',
    title: 'A program that is started records voice and picture to a file that is open already',
    detector: 'files',
    stoppedBy: 'limit',
    stopsWith: ['SIGXFSZ'],
    where: HELD_OPEN,
    also: (planting) => [fileHeldOpen(planting)],
    code: () => copiedByChild('Buffer.concat(packets)'),
  }),
  ofCall({
    name: 'packets-by-child',
    title: 'A program that is started writes the packets of the network down, encrypted as they are',
    detector: 'files',
    stoppedBy: 'permission',
    stopsWith: ['exit1'],
    needs: ['root', 'tcpdump'],
    where: 'planted-packets',
    code: (planting) =>
      `await plantedRun('tcpdump', ['-i', 'lo', '-Z', 'root', '-c', '60', '-w', ${inFolder(planting, 'planted-packets')}, 'udp'], '');`,
  }),
  ofCall({
    name: 'media-log',
    title: 'A line for each packet of a call is printed, with what is in it',
    detector: 'logs',
    stoppedBy: 'detected only',
    where: 'service.log',
    code: () =>
      "for (const packet of packets) console.log(JSON.stringify({ event: 'call:packet', bytes: packet.toString('base64') }));",
  }),
];
