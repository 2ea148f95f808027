/**
 * Every secret once more by the whole way: the real tag on the page, the running service, the real console. Searched is
 * what leaves the visitor's browser for the service, what the console opens of it, and what the agent is shown.
 */

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.js';
import { openOwnSite } from '../service/own-site.js';
import { everything, scripted } from './plants.js';
import { RecordedPage } from './recorded-page.js';
import { change, leaked, open, secretsPage } from './secrets-page.js';

const MESSAGE = 'a message that is there to be found';

type ToldWindow = Window & { readonly told: string[] };

for (const text of ['masked', 'shown'] as const) {
  test(`from a page with the real tag no secret leaves or is shown, where text is ${text}`, async ({
    people,
    service,
  }) => {
    test.setTimeout(180_000);
    let tag = '';
    const site = await RecordedPage.serve(() =>
      secretsPage.replace('<script src="/recording.js"></script>', tag),
    );
    try {
      const origin = site.origin.replace('127.0.0.1', 'secrets.localhost');
      const rules = { text, maskSelectors: ['.private'], blockSelectors: ['.boxed'] };
      const { console, live } = service.origins;
      const { person, siteKey } = await openOwnSite(console, [origin], rules);
      tag = `<script async src="${console}/sdk/v1/loader.js" data-alongside-site="${siteKey}"></script>`;
      const agent = await people.agent(person);
      await agent.page.addInitScript(keepMessages);
      await agent.page.reload();
      await agent.becomeAvailable();

      const visitor = await people.visitor('about:blank');
      const sent = keepSent(visitor.page, [console, live]);
      await open(visitor.page, origin);
      await visitor.openPanel();
      await visitor.start({ message: MESSAGE, name: 'Mira of the secrets' });
      await agent.accept('Mira of the secrets');
      await agent.askToSee();
      await visitor.agreeToShow();
      await agent.expectPlayer('live');
      await agent.replay.expectText('allowed words');
      const shownFirst = await agent.replay.everything();
      await change(visitor.page);
      await visitor.page.evaluate(() => document.body.append(document.createElement('hr')));
      await agent.replay.expectCount('hr', 1);
      if (text === 'masked') await agent.replay.expectNoText('allowed words');

      const opened = await agent.page.evaluate(messagesOf);
      const shown = [shownFirst, await agent.replay.everything(), await agent.page.content()];
      const { host, hostLater } = scripted;
      // What the recorder alone is told to leave out as its own panel is a part of this page.
      const mayBe = text === 'shown' ? [...everything.filter((each) => each.text), host, hostLater] : [];
      const names = new Set(mayBe.map(({ name }) => name));
      const foundIn = (out: readonly string[]) => leaked(out, everything).filter((name) => !names.has(name));
      expect(foundIn(sent), 'sent to the service').toEqual([]);
      expect(foundIn(opened), 'opened in the console').toEqual([]);
      expect(foundIn(shown), 'shown to the agent').toEqual([]);

      expect(sent.join('\n'), 'what is said in the chat is found').toContain(MESSAGE);
      expect(opened.join('\n'), 'what is allowed is found').toContain('allowed value');
      const there = leaked([await visitor.page.content()], everything);
      expect(there.length, 'the page holds the secrets').toBeGreaterThan(150);
      if (text === 'shown') expect(leaked(shown, mayBe).length).toBeGreaterThan(20);
    } finally {
      site.close();
    }
  });
}

/** All that goes to these origins from now on: addresses, headers, bodies, and every frame of a socket. */
function keepSent(page: Page, origins: readonly string[]): readonly string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (!origins.includes(new URL(request.url()).origin)) return;
    sent.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? '');
  });
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
  return sent;
}

/** These run in the console. */

/** What is handed on to the replay is what has been opened. */
function keepMessages(): void {
  const told: string[] = [];
  Object.assign(window, { told });
  const { prototype } = MessagePort;
  prototype.postMessage = new Proxy(prototype.postMessage, {
    apply(post, port: MessagePort, words: readonly unknown[]) {
      const [message] = words;
      told.push(JSON.stringify(message, (_, value: unknown) => (ArrayBuffer.isView(value) ? '' : value)));
      Reflect.apply(post, port, words);
    },
  });
}

function messagesOf(): string[] {
  return (window as unknown as ToldWindow).told;
}
