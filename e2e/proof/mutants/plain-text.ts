/** Leaks of plain text, in a copy whose SDK leaves snapshots unsealed: they show that the tokens are found. */

import { join } from 'node:path';
import { leakPlaintextInLive } from './live-plant.js';
import type { Mutant } from './mutant.js';
import { reachJournal } from './rows.js';

const text = "const text = body.toString('latin1').replace(/[^ -~]+/g, ' ');";

export const plainText: readonly Mutant[] = [
  {
    name: 'plain-file',
    title: 'What a page shows is written to a file',
    place: 'live',
    plants: 'plaintext',
    detector: 'files',
    stoppedBy: 'permission',
    stopsWith: ['ERR_ACCESS_DENIED'],
    short: true,
    where: 'plain-page',
    patches: ({ places }) => {
      const file = JSON.stringify(join(places.temporary, 'plain-page'));
      return [
        leakPlaintextInLive({
          name: 'plain-file',
          frames: 6,
          code: `${text} fs.appendFileSync(${file}, text);`,
        }),
      ];
    },
  },
  {
    name: 'plain-log',
    title: 'What a page shows is printed',
    place: 'live',
    plants: 'plaintext',
    detector: 'logs',
    stoppedBy: 'detected only',
    short: false,
    where: 'service.log',
    patches: () => [
      leakPlaintextInLive({ name: 'plain-log', frames: 6, code: `${text} console.log(text);` }),
    ],
  },
  {
    name: 'plain-chat-line',
    title: 'What a page shows is sent to the journal as lines that somebody wrote',
    place: 'live',
    plants: 'plaintext',
    detector: 'sql',
    stoppedBy: 'detected only',
    short: true,
    where: 'chat_line',
    patches: () => [
      reachJournal,
      leakPlaintextInLive({
        name: 'plain-chat-line',
        frames: 2,
        code: `${text}
        for (let at = 0; at < Math.min(text.length, 36000); at += 3600) {
            const lineId = process.getBuiltinModule('node:crypto').randomUUID();
            await plantedAppend({ engagementId: room, type: 'chatLine', from: 'visitor', lineId, text: text.slice(at, at + 3600) || ' ' });
        }`,
      }),
    ],
  },
];
