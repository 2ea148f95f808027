/**
 * The list of benches: name, what it measures, what it needs of the machine, and the module that measures it. A
 * deterministic one comes out the same from the same sources, to the byte: one round says all.
 */

export const benches = [
  {
    name: 'sdk-size',
    about: 'bytes of the visitor SDK, chunk by chunk, against libraries that do a part of it (deterministic)',
    rounds: 1,
    deterministic: true,
    needs: [],
    load: () => import('./sdk-size.mjs'),
  },
  {
    name: 'relay',
    about: 'server CPU per relayed frame against a raw ws relay',
    rounds: 7,
    deterministic: false,
    needs: [],
    load: () => import('./relay.mjs'),
  },
  {
    name: 'fan-out',
    about: 'server CPU per further agent of an engagement, 1 to 20 of them, against a raw ws relay',
    rounds: 7,
    deterministic: false,
    needs: [],
    load: () => import('./fan-out.mjs'),
  },
  {
    name: 'slow-agent',
    about: 'what one agent who does not read costs the server and the others, against socket.io’s own queues',
    rounds: 5,
    deterministic: false,
    needs: [],
    load: () => import('./slow-agent.mjs'),
  },
  {
    name: 'idle-memory',
    about: 'server memory of an engagement in which nothing happens, against two socket.io connections',
    rounds: 3,
    deterministic: false,
    needs: [],
    load: () => import('./idle-memory.mjs'),
  },
  {
    name: 'sealing',
    about: 'bytes and time of a frame sealed and padded, against the same frame in the clear',
    rounds: 7,
    deterministic: false,
    needs: [],
    load: () => import('./sealing.mjs'),
  },
  {
    name: 'view-latency',
    about: 'change on the page to change in the replay, against unbuffered rrweb over plain ws',
    rounds: 5,
    deterministic: false,
    needs: ['chromium'],
    load: () => import('./view-latency.mjs'),
  },
  {
    name: 'wire-bytes',
    about:
      'bytes of recorded sessions on the wire, recorded anew each round, against JSON and per-event packing',
    rounds: 5,
    deterministic: false,
    needs: ['chromium'],
    load: () => import('./wire-bytes.mjs'),
  },
  {
    name: 'call-setup',
    about: 'press to first decoded picture against two peers without a server',
    rounds: 5,
    deterministic: false,
    needs: ['chromium', 'media-worker'],
    load: () => import('./call-setup.mjs'),
  },
  {
    name: 'chat-commit',
    about: 'journal.append to acknowledgement against one INSERT and COMMIT per entry',
    rounds: 5,
    deterministic: false,
    needs: [],
    load: () => import('./chat-commit.mjs'),
  },
];
