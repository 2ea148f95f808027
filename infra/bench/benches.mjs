// The list of benches: name, what it measures, and the module that measures it.

export const benches = [
  {
    name: 'sdk-size',
    about: 'bytes of the visitor SDK, chunk by chunk, against libraries that do a part of it',
    rounds: 1,
    load: () => import('./sdk-size.mjs'),
  },
  {
    name: 'relay',
    about: 'server CPU per relayed frame against a raw ws relay',
    rounds: 7,
    load: () => import('./relay.mjs'),
  },
  {
    name: 'view-latency',
    about: 'change on the page to change in the replay, against unbuffered rrweb over plain ws',
    rounds: 5,
    load: () => import('./view-latency.mjs'),
  },
  {
    name: 'wire-bytes',
    about: 'bytes of a recorded session on the wire against JSON and per-event packing',
    rounds: 1,
    load: () => import('./wire-bytes.mjs'),
  },
  {
    name: 'call-setup',
    about: 'press to first decoded picture against two peers without a server',
    rounds: 5,
    load: () => import('./call-setup.mjs'),
  },
  {
    name: 'chat-commit',
    about: 'journal.append to acknowledgement against one INSERT and COMMIT per entry',
    rounds: 5,
    load: () => import('./chat-commit.mjs'),
  },
];
