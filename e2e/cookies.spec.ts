/** Which cookies go where: the console's to the console alone, and the agent's browser never to the shop. */

import type { Page } from '@playwright/test';
import { AgentPage } from './agent/agent-page.js';
import { expect, test } from './fixtures.js';
import { meet, share } from './journey/meet.js';
import { SeenTraffic } from './journey/seen-traffic.js';
import { callLocal } from './service/local-http.js';
import { VisitorPage } from './visitor/visitor-page.js';

interface Seen {
  readonly requests: readonly { readonly path: string; readonly cookieNames: readonly string[] }[];
}

test('no request to live, replay or shop carries a console cookie, and the agent asks the shop nothing', async ({
  people,
  service,
  signIns,
}) => {
  const { origins } = service;
  const [aki, noor] = signIns.agents;
  if (aki === undefined || noor === undefined) throw new Error('There are two agents.');
  await callLocal(`${origins.shop}/__seen`, { method: 'DELETE' });
  // This visitor works for the customer, too, and is signed in to the console with the same browser.
  const context = await people.context();
  await VisitorPage.prepare(context);
  const console = new AgentPage(await context.newPage(), { console: origins.console, person: noor });
  await console.signIn();
  const cookies = (await context.cookies()).filter(({ domain }) => domain.includes('console'));
  expect(cookies.map(({ name }) => name)).toEqual(['alongside-refresh']);
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  await console.page.goto('about:blank');
  const visitorTraffic = new SeenTraffic(context);
  const visitor = new VisitorPage(await context.newPage());
  const handshakes = await watchHandshakes(visitor.page);
  await visitor.page.goto(`${origins.shop}/products/alder`);

  const desk = await people.context({ viewport: { width: 1440, height: 900 } });
  const agent = new AgentPage(await desk.newPage(), { console: origins.console, person: aki });
  const agentTraffic = new SeenTraffic(desk);
  const agentHandshakes = await watchHandshakes(agent.page);
  await agent.signIn();
  await meet({ agent, visitor }, { name: 'Colleague' });
  await share({ agent, visitor });
  await agent.expectPlayer('live');
  await expect.poll(() => agent.replay.drawnImages()).toBeGreaterThan(0);
  await visitor.button(/^Close panel/).click();
  await visitor.page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(visitor.page.getByText('Alder is in your cart')).toBeVisible();
  await agent.replay.expectText('Alder is in your cart');

  const seen = (await callLocal(`${origins.shop}/__seen`)).json() as Seen;
  expect(seen.requests.length).toBeGreaterThan(3);
  // Its own session, and the return secret that the page itself keeps for its conversation.
  for (const { path, cookieNames } of seen.requests) {
    expect(
      cookieNames.filter((name) => !/^(?:shop_session|alongside_.*)$/.test(name)),
      path,
    ).toEqual([]);
  }
  const live = origins.live.replace('http', 'ws');
  // Two each: what is said, and what is shown.
  for (const { length } of [handshakes, agentHandshakes].map((each) =>
    each.filter(({ url }) => url.startsWith(live)),
  ))
    expect(length).toBeGreaterThan(1);
  // The agent is signed in, so there was a cookie that could have come along.
  expect((await desk.cookies()).map(({ name }) => name)).toEqual(['alongside-refresh']);
  for (const { url, cookie } of [...handshakes, ...agentHandshakes]) expect(cookie, url).toBeUndefined();
  for (const { url, headers } of await visitorTraffic.requests()) {
    if (url.origin === origins.console) expect(headers['sec-fetch-site'], url.pathname).toBe('cross-site');
    if (url.origin !== origins.shop) expect(headers.cookie, url.pathname).toBeUndefined();
  }
  const asked = await agentTraffic.requests();
  const known = [origins.console, origins.replay, origins.live];
  expect(asked.filter(({ url }) => !known.includes(url.origin)).map(({ url }) => url.href)).toEqual([]);
  for (const { url, headers } of asked) {
    if (url.origin !== origins.console) expect(headers.cookie, url.pathname).toBeUndefined();
  }
});

interface Handshake {
  readonly url: string;
  readonly cookie: string | undefined;
}

/** The headers of a WebSocket's beginning are told by the browser's own protocol only, for each thread of a page. */
async function watchHandshakes(page: Page): Promise<readonly Handshake[]> {
  const session = await page.context().newCDPSession(page);
  const urls = new Map<string, string>();
  const handshakes: Handshake[] = [];
  const created = ({ requestId, url }: SocketCreated) => void urls.set(requestId, url);
  const opening = ({ requestId, request }: SocketOpening) => {
    const cookie = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'cookie')?.[1];
    handshakes.push({ url: urls.get(requestId) ?? '', cookie });
  };
  session.on('Network.webSocketCreated', created);
  session.on('Network.webSocketWillSendHandshakeRequest', opening);
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    const message = JSON.stringify({ id: 1, method: 'Network.enable' });
    void session.send('Target.sendMessageToTarget', { sessionId, message });
  });
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { method, params } = JSON.parse(message) as WorkerTold;
    if (method === 'Network.webSocketCreated') created(params);
    else if (method === 'Network.webSocketWillSendHandshakeRequest') opening(params);
  });
  await session.send('Network.enable');
  await session.send('Target.setAutoAttach', {
    ...{ autoAttach: true, waitForDebuggerOnStart: false, flatten: false },
  });
  return handshakes;
}

interface SocketCreated {
  readonly requestId: string;
  readonly url: string;
}

interface SocketOpening {
  readonly requestId: string;
  readonly request: { readonly headers: Readonly<Record<string, string>> };
}

/** What a worker's own session tells; answers have no method. */
type WorkerTold =
  | { readonly method?: undefined; readonly params?: undefined }
  | { readonly method: 'Network.webSocketCreated'; readonly params: SocketCreated }
  | { readonly method: 'Network.webSocketWillSendHandshakeRequest'; readonly params: SocketOpening };
