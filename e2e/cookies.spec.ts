/** Which cookies go where: the console's to the console alone, and the agent's browser never to the shop. */

import { AgentPage } from './agent/agent-page.js';
import { expect, test } from './fixtures.js';
import { meet, share } from './journey/meet.js';
import { SeenTraffic } from './journey/seen-traffic.js';
import { callLocal } from './service/local-http.js';
import { WatchingProxy } from './service/watching-proxy.js';
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
  const proxies = [await WatchingProxy.open(), await WatchingProxy.open()] as const;
  const [visitorProxy, agentProxy] = proxies;
  const context = await people.context({ proxy: { server: visitorProxy.address } });
  await VisitorPage.prepare(context);
  const console = new AgentPage(await context.newPage(), { console: origins.console, person: noor });
  await console.signIn();
  const cookies = (await context.cookies()).filter(({ domain }) => domain.includes('console'));
  expect(cookies.map(({ name }) => name)).toEqual(['alongside-refresh']);
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  await console.page.goto('about:blank');
  const visitorTraffic = new SeenTraffic(context);
  const visitor = new VisitorPage(await context.newPage());
  await visitor.page.goto(`${origins.shop}/products/alder`);

  const desk = await people.context({
    proxy: { server: agentProxy.address },
    viewport: { width: 1440, height: 900 },
  });
  const agent = new AgentPage(await desk.newPage(), { console: origins.console, person: aki });
  const agentTraffic = new SeenTraffic(desk);
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
  const live = new URL(origins.live).host;
  // Two each: what is said, and what is shown.
  for (const { handshakes } of proxies)
    expect(handshakes.filter(({ host }) => host === live).length).toBeGreaterThan(1);
  // The agent is signed in, so there was a cookie that could have come along.
  expect((await desk.cookies()).map(({ name }) => name)).toEqual(['alongside-refresh']);
  for (const { handshakes } of proxies)
    for (const { path, cookie } of handshakes) expect(cookie, path).toBeUndefined();
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
  for (const proxy of proxies) proxy.close();
});
