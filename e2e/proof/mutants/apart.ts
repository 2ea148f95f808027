/** Leaks that only a medium, a network and folders of the run's own show: they are gone before anybody looks at files. */

import { leakInLive } from './live-plant.js';
import type { Mutant } from './mutant.js';

/** Nobody takes what comes there. */
const PORT = 8125;

export const apart: readonly Mutant[] = [
  {
    name: 'datagram-out',
    title: 'Figures are sent out as datagrams, to where nothing of ours is, and one holds a frame',
    place: 'live',
    plants: 'sealed',
    detector: 'network',
    stoppedBy: 'detected only',
    short: false,
    needs: ['arena', 'tcpdump'],
    patches: leakInLive({
      name: 'datagram-out',
      frames: 6,
      code: `
        const socket = process.getBuiltinModule('node:dgram').createSocket('udp4');
        await new Promise((resolve, reject) => socket.send(body.subarray(0, 1200), ${PORT}, '127.0.0.1', (error) => error ? reject(error) : resolve()));
        socket.close();`,
    }),
  },
  {
    name: 'spooled-and-removed',
    title: 'It is spooled to a file that is removed, and stays in the free blocks of the medium',
    place: 'live',
    plants: 'sealed',
    detector: 'image',
    stoppedBy: 'permission',
    stopsWith: ['ERR_ACCESS_DENIED'],
    short: false,
    needs: ['arena'],
    patches: (planting) =>
      leakInLive({
        name: 'spooled-and-removed',
        frames: 6,
        code: `const file = ${JSON.stringify(`${planting.places.temporary}/spooled-`)} + Math.random(); fs.writeFileSync(file, body); fs.unlinkSync(file);`,
      })(planting),
  },
  {
    name: 'passing-name',
    title: 'An empty file is named by what passes, and removed at once',
    place: 'live',
    plants: 'sealed',
    detector: 'file-events',
    stoppedBy: 'permission',
    stopsWith: ['ERR_ACCESS_DENIED'],
    short: false,
    needs: ['arena'],
    patches: (planting) =>
      leakInLive({
        name: 'passing-name',
        frames: 6,
        code: `const file = ${JSON.stringify(`${planting.places.temporary}/`)} + body.subarray(0, 60).toString('hex'); fs.closeSync(fs.openSync(file, 'w')); fs.unlinkSync(file);`,
      })(planting),
  },
];
