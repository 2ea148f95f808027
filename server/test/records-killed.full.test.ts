/** `records` killed while lines come: none that was acknowledged is missing afterwards, and none is there twice. */

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatLine, LinesAfter, Reply } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StartedMain } from './started-main.js';

const VISITORS = 4;
const LINES_EACH = 15;
const KILLS = 2;
const SLOW_MS = 120_000;
let folder: string;
let main: StartedMain;
let siteKey: string;
const sockets: Socket[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-killed-'));
  // Postgres may run as an account that has to pass through.
  await chmod(folder, 0o711);
  main = await new StartedMain({ DATA_DIR: join(folder, 'data'), CALLS: 'off' }).ready();
  siteKey = /data-alongside-site="(site_[\w-]{22})"/.exec((await main.ask('Shop', '/')).text)?.[1] ?? '';
}, SLOW_MS);

afterAll(async () => {
  for (const socket of sockets) socket.close();
  await main?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Visitor {
  readonly headers: Readonly<Record<string, string>>;
  readonly socket: Socket;
  readonly said: string[];
  readonly numbers: number[];
}

it(
  'loses no line that was acknowledged, and doubles none',
  async () => {
    const visitors = await Promise.all(Array.from({ length: VISITORS }, openVisitor));
    const acknowledged = () => visitors.reduce((sum, { numbers }) => sum + numbers.length, 0);
    const killing = (async () => {
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const share = (VISITORS * LINES_EACH * kill) / (KILLS + 1);
        await until(() => acknowledged() >= share, SLOW_MS);
        const file = join(folder, 'data', 'run', 'records.json');
        const { pid } = JSON.parse(await readFile(file, 'utf8'));
        process.kill(pid, 'SIGKILL');
        await main.waitFor(/records ended \(SIGKILL\)/, kill);
      }
    })();
    await Promise.all([killing, ...visitors.map(sayAll)]);
    for (const { headers, said, numbers } of visitors) {
      const { lines } = await ask<LinesAfter>({ path: '/v1/engagements/lines?after=1', headers });
      const kept = lines.map(({ number, text }: ChatLine) => `${number} ${text}`);
      expect(kept).toEqual(said.map((text, at) => `${numbers[at]} ${text}`));
      expect(numbers).toEqual(Array.from({ length: LINES_EACH }, (_, at) => at + 2));
    }
  },
  SLOW_MS,
);

/** One line after the other, each again until it is acknowledged, as a page's outbox does. */
async function sayAll({ socket, said, numbers }: Visitor): Promise<void> {
  for (let at = 0; at < LINES_EACH; at += 1) {
    const line = { lineId: randomUUID(), text: `line ${at}` };
    await until(async () => {
      const reply: Reply<{ number: number }> = await socket.timeout(20_000).emitWithAck('chat:send', line);
      if (reply.ok) numbers.push(reply.value.number);
      else expect(['storageUnavailable', 'tooFast']).toContain(reply.refusal.code);
      return reply.ok;
    }, SLOW_MS);
    said.push(line.text);
  }
}

async function openVisitor(): Promise<Visitor> {
  const engagementId = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const headers = {
    origin: main.origin('Shop'),
    authorization: `Alongside ${engagementId}.${secret}`,
  };
  const { ticket } = await ask<{ ticket: string }>({
    ...{ method: 'POST', path: `/v1/sites/${siteKey}/engagements`, headers: { origin: headers.origin } },
    body: {
      ...{ engagementId, noticeVersion: 1, language: 'en' },
      returnHash: createHash('sha256').update(secret, 'ascii').digest('base64url'),
      firstLine: { lineId: randomUUID(), text: 'What is APR?' },
    },
  });
  const { host, port } = new URL(main.origin('Live'));
  const socket = io(`http://127.0.0.1:${port}/visitor`, {
    ...{ auth: { protocol: 1, ticket }, transports: ['websocket'], reconnection: false, forceNew: true },
    extraHeaders: { Host: host, Origin: headers.origin },
  });
  sockets.push(socket);
  await until(() => socket.connected, SLOW_MS);
  return { headers, socket, said: [], numbers: [] };
}

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function ask<Answer>({ method = 'GET', path, headers, body }: Asked): Promise<Answer> {
  const { host, port } = new URL(main.origin('Console'));
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...{ host: '127.0.0.1', port, path, method },
        headers: { host, 'content-type': 'application/json', ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => {
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`${path} answered ${response.statusCode}`));
        });
      },
    );
    asked.once('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
