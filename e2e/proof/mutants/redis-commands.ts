/** Leaks into a Redis, whose user for `live` may publish and subscribe and nothing else. */

import { leakInLive } from './live-plant.js';
import type { Mutant } from './mutant.js';

interface Kept extends Pick<Mutant, 'name' | 'title'> {
  /** Words of the command before the frame. */
  readonly words: readonly string[];
}

function kept({ name, title, words }: Kept): Mutant {
  return {
    name,
    title,
    place: 'live',
    plants: 'sealed',
    detector: 'redis',
    stoppedBy: 'ACL',
    stopsWith: ['NOPERM'],
    short: false,
    needs: ['redis'],
    patches: (planting) => {
      const { port, password } = planting.redis;
      const code = `
        const write = (words) => Buffer.concat([Buffer.from('*' + words.length + '\\r\\n'), ...words.flatMap((word) => [Buffer.from('$' + Buffer.byteLength(word) + '\\r\\n'), Buffer.from(word), Buffer.from('\\r\\n')])]);
        const answer = await plantedSend(${port}, Buffer.concat([write(['AUTH', 'live', '${password}']), write([...${JSON.stringify(words)}, body])]));
        const refused = answer.match(/-([A-Z]+)/);
        if (refused) throw { code: refused[1] };
        if (!answer.startsWith('+OK')) throw { code: 'noAnswer' };`;
      return leakInLive({ name, frames: 6, code })(planting);
    },
  };
}

export const redisCommands: readonly Mutant[] = [
  kept({ name: 'redis-set', title: 'A frame becomes a value in Redis', words: ['SET', 'planted:page'] }),
  kept({
    name: 'redis-stream',
    title: 'An adapter of socket.io appends it to a stream in Redis',
    words: ['XADD', 'socket.io', '*', 'data'],
  }),
];
