/** An installation as `main` starts it, on a Postgres that is there already, asked as its pages ask it. */
import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';

const main = fileURLToPath(new URL('../../server/dist/app/main.js', import.meta.url));
export const SHOP = 'https://shop.example';
const ASK_EACH_MS = 5;

/** @param {{ databaseUrl: string, dataDir: string }} on */
export async function startInstallation({ databaseUrl, dataDir }) {
  const [port, livePort, replayPort] = [await freePort(), await freePort(), await freePort()];
  const { PATH = '', TMPDIR } = process.env;
  const began = performance.now();
  const child = spawn(process.execPath, [main], {
    env: {
      ...{ PATH, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, LIVE_COUNTRY: 'FI', DEMO: 'off' },
      ...(TMPDIR === undefined ? {} : { TMPDIR }),
      ...{ CONSOLE_PORT: String(port), LIVE_PORT: String(livePort), REPLAY_PORT: String(replayPort) },
    },
    stdio: 'ignore',
  });
  return { child, began, port, livePort };
}

/** Asks until there is an answer; what is refused before everything stands is asked again. */
export async function answered(child, ask) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
    const answer = await ask().catch(() => undefined);
    if (answer?.status === 200) return answer.body;
    await new Promise((resolve) => setTimeout(resolve, ASK_EACH_MS));
  }
}

export function startEngagement(port, siteKey, engagementId = randomUUID()) {
  const body = {
    ...{ engagementId, noticeVersion: 1, language: 'en' },
    returnHash: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    firstLine: { lineId: randomUUID(), text: 'What is APR?' },
  };
  const path = `/v1/sites/${siteKey}/engagements`;
  return post({ port, path, host: `console.localhost:${port}`, body, headers: { origin: SHOP } });
}

export function post({ port, path, host, body, headers = {} }) {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...{ host: '127.0.0.1', port, path, method: 'POST' },
        headers: { host, 'content-type': 'application/json', ...headers },
      },
      (response) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.once('end', () => resolve({ status: response.statusCode, body: JSON.parse(text || '{}') }));
      },
    );
    asked.once('error', reject);
    asked.end(JSON.stringify(body));
  });
}

/** @param {number} port @param {{ role: 'visitor' | 'agent', ticket: string, origin: string }} who */
export function socketOpens(port, { role, ticket, origin }) {
  return new Promise((resolve, reject) => {
    const socket = io(`http://127.0.0.1:${port}/${role}`, {
      ...{ auth: { protocol: 1, ticket }, transports: ['websocket'], reconnection: false, forceNew: true },
      extraHeaders: { Host: `live.localhost:${port}`, Origin: origin },
    });
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
