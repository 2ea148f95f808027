/** Which `Host` a site of ours answers to, with its scheme's usual port written or left out. */

import fastify from 'fastify';
import { expect, it } from 'vitest';
import { answerOwnHosts } from './own-hosts.js';

async function status(origin: string, host: string): Promise<number> {
  const app = fastify();
  answerOwnHosts(app, origin);
  app.get('/health', async () => 'up');
  const answer = await app.inject({ url: '/health', headers: { host } });
  await app.close();
  return answer.statusCode;
}

it.each([
  ['https://help.example', 'help.example', 200],
  ['https://help.example', 'HELP.example:443', 200],
  ['https://help.example:443', 'help.example', 200],
  ['https://help.example', 'help.example:80', 421],
  ['https://help.example', 'help.example:8443', 421],
  ['http://help.example', 'help.example:80', 200],
  ['http://help.example', 'help.example:443', 421],
  ['http://help.example:3000', 'help.example:3000', 200],
  ['http://help.example:3000', 'help.example', 421],
  ['http://help.example:3000', 'help.example:80', 421],
  ['http://console.localhost', 'localhost:80', 200],
  ['http://console.localhost:3000', 'localhost:80', 421],
  ['https://help.example', 'help.example.evil.example:443', 421],
] as const)('%s answers %s with %i', async (origin, host, expected) => {
  expect(await status(origin, host)).toBe(expected);
});
