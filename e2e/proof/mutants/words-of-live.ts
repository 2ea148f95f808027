/** Leaks of `live` into what it tells: its log, its health, and the services that an installation may report to. */

import { leakInLive } from './live-plant.js';
import type { Mutant, Planting } from './mutant.js';

interface Told extends Omit<Mutant, 'place' | 'plants' | 'patches' | 'stoppedBy'> {
  code(planting: Planting): string;
}

/** Nothing keeps a process from telling its log or from calling another one: that is for the detectors. */
function told({ code, ...mutant }: Told): Mutant {
  return {
    ...mutant,
    place: 'live',
    plants: 'sealed',
    stoppedBy: 'detected only',
    patches: (planting) => leakInLive({ name: mutant.name, frames: 6, code: code(planting) })(planting),
  };
}

const MAIL = ['EHLO live', 'MAIL FROM:<live@proof.invalid>', 'RCPT TO:<admin@proof.invalid>', 'DATA'];

export const wordsOfLive: readonly Mutant[] = [
  told({
    name: 'console-log',
    title: 'A frame is printed as it is',
    detector: 'logs',
    short: true,
    code: () => 'console.log(body);',
  }),
  {
    name: 'logged-error',
    title: 'The logger is given an error and an event that hold a frame',
    place: 'live',
    plants: 'sealed',
    detector: 'logs',
    // Of the logger: fields by name, and nothing that is not an id, a count or a code.
    stoppedBy: 'schema',
    // It writes its line, without the fields that hold anything.
    stopsWith: ['done'],
    short: true,
    patches: (planting) => [
      {
        file: 'server/dist/app/logger.js',
        find: 'const write = (level, event, fields = {}) => {',
        where: 'before',
        put: 'globalThis.plantedLog = (event, fields) => write("error", event, fields);\n    ',
      },
      ...leakInLive({
        name: 'logged-error',
        frames: 6,
        code: "globalThis.plantedLog('frames:fault', { err: new Error(body.toString('base64')), frame: body });",
      })(planting),
    ],
    lifted: () => [
      {
        file: 'server/dist/app/logger.js',
        find: 'const { kept, left } = storableFields(fields);',
        where: 'instead',
        put: 'const { kept, left } = { kept: fields, left: 0 };',
      },
    ],
  },
  {
    name: 'access-log',
    title: 'An address that holds a frame is asked for, and addresses are logged',
    place: 'live',
    plants: 'sealed',
    detector: 'logs',
    stoppedBy: 'detected only',
    short: false,
    patches: (planting) => [
      {
        file: 'server/dist/live/gateway/http-door.js',
        find: "const path = request.url?.split('?', 1)[0];\n            if (verdict === 'foreign')",
        where: 'before',
        put: "console.log(JSON.stringify({ event: 'http.asked', url: request.url }));\n            globalThis.plantedDoor = this.server.address().port;\n            ",
      },
      {
        file: 'server/dist/live/gateway/http-door.js',
        find: 'const address = this.server.address();',
        where: 'after',
        put: '\n                globalThis.plantedDoor = address.port;',
      },
      ...leakInLive({
        name: 'access-log',
        frames: 6,
        code: "await plantedPost(globalThis.plantedDoor, '/page?seen=' + body.toString('base64url'), '');",
      })(planting),
    ],
  },
  {
    name: 'metrics-label',
    title: 'A label of a metric holds a frame, which whoever gathers metrics keeps',
    place: 'live',
    plants: 'sealed',
    detector: 'sinks',
    stoppedBy: 'detected only',
    short: false,
    patches: (planting) => [
      {
        file: 'server/dist/live/create-live.js',
        find: "health: () => ({ status: 'up', ",
        where: 'after',
        put: 'byPage: globalThis.plantedLabels, ',
      },
      ...leakInLive({
        name: 'metrics-label',
        frames: 6,
        code: "globalThis.plantedLabels = { ...globalThis.plantedLabels, ['frames_total{page=\"' + body.toString('base64') + '\"}']: 1 };",
      })(planting),
    ],
  },
  told({
    name: 'trace-attribute',
    title: 'An attribute of a trace holds a frame',
    detector: 'sinks',
    short: false,
    code: ({ sinks }) =>
      `await plantedPost(${sinks.traces}, '/v1/traces', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'frame', attributes: [{ key: 'page', value: { bytesValue: body.toString('base64') } }] }] }] }] }));`,
  }),
  told({
    name: 'error-breadcrumb',
    title: 'A breadcrumb of an error report holds a frame',
    detector: 'sinks',
    short: false,
    code: ({ sinks }) =>
      `await plantedPost(${sinks.errors}, '/api/1/envelope/', JSON.stringify({ breadcrumbs: [{ category: 'frame', data: { bytes: [...body] } }] }));`,
  }),
  told({
    name: 'webhook-body',
    title: 'A webhook is called with a frame',
    detector: 'sinks',
    short: true,
    code: ({ sinks }) => `await plantedPost(${sinks.webhook}, '/engagements', body);`,
  }),
  told({
    name: 'alert-mail',
    title: 'A mail that alerts somebody quotes a frame',
    detector: 'sinks',
    short: false,
    code: ({ sinks }) =>
      `await plantedSend(${sinks.mail}, ${JSON.stringify(`${MAIL.join('\r\n')}\r\n`)} + 'Subject: fault\\r\\n\\r\\n' + body.toString('base64') + '\\r\\n.\\r\\nQUIT\\r\\n');`,
  }),
];
