/** Whom a customer has signed in: confirmed to the agent with the visitor's yes, and never without it or by a forgery. */

import type { SiteShown } from '@alongside/protocol';
import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { CustomerApi } from './service/customer-api.js';
import { IdentitySigner } from './service/identity-token.js';
import { editOf } from './service/site-edit.js';
import { VisitorPage } from './visitor/visitor-page.js';

const WHO = 'Mira Virtanen, customer 4711';

test('an agent is told whom the customer has signed in', async ({ people, service, signIns }) => {
  const [signIn] = signIns.agents;
  if (signIn === undefined) throw new Error('The demo customer has an agent.');
  const officer = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const [site] = await officer.ask<readonly SiteShown[]>('GET', '/api/sites');
  if (site === undefined) throw new Error('The demo customer has a site.');
  const signer = new IdentitySigner();
  await officer.ask('PUT', `/api/sites/${site.siteId}`, { ...editOf(site), identityKey: signer.publicKey });
  const agent = await people.agent(signIn);
  await agent.becomeAvailable();
  const badge = agent.page.getByText(t('visitor.confirmedAs', { who: WHO }));

  const arrive = async (name: string, from: IdentitySigner): Promise<VisitorPage> => {
    const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
    await visitor.page.exposeFunction('sign', (engagementId: string) =>
      from.token({ site: site.siteKey, engagementId, who: WHO }),
    );
    await visitor.page.evaluate(identify, name);
    await visitor.openPanel();
    return visitor;
  };
  const consent = /may confirm to the agent as whom I have signed in$/;

  await test.step('with their yes, which is ticked before them', async () => {
    const visitor = await arrive('Mira', signer);
    await expect(visitor.host.getByLabel(consent)).toBeChecked();
    await visitor.start({ message: 'Hello' });
    await agent.accept('Mira');
    await expect(badge).toBeVisible();
    await visitor.end();
    await agent.finish();
  });
  await test.step('not without it', async () => {
    const visitor = await arrive('Shy', signer);
    await visitor.host.getByLabel(consent).setChecked(false);
    await visitor.start({ message: 'Hello' });
    await agent.accept('Shy');
    await expect(badge).toBeHidden();
    expect(await visitor.page.evaluate(heard)).toEqual([]);
    await visitor.end();
    await agent.finish();
  });
  await test.step('and with signing out nothing of it is left in the browser', async () => {
    const visitor = await arrive('Leaving', signer);
    await visitor.start({ message: 'Hello' });
    await agent.accept('Leaving');
    const beside = new VisitorPage(await visitor.page.context().newPage());
    const away = new VisitorPage(await visitor.page.context().newPage());
    for (const tab of [beside, away]) {
      await tab.page.goto(`${service.origins.shop}/products/alder`);
      await tab.openPanelIfClosed();
      await expect(tab.text('Hello')).toBeVisible();
    }
    await away.page.goto('about:blank');
    await visitor.page.evaluate(signOut);
    await agent.finish();
    await expect(beside.text('Hello')).toBeHidden();
    await away.page.goBack();
    await expect(away.launcher).toBeVisible();
    for (const tab of [beside, away]) {
      // That the panel was open is of the tab, and not of the conversation.
      await expect.poll(() => tab.page.evaluate(keptHere)).not.toMatch(/alongside_(?!tab_)/);
      await expect(tab.text('Hello')).toBeHidden();
    }
    await expect(visitor.text('Hello')).toBeHidden();
    expect(await visitor.page.evaluate(keptHere)).not.toContain('alongside');
    await visitor.page.reload();
    await visitor.openPanel();
    await expect(visitor.text('Hello')).toBeHidden();
  });
  await test.step('not by a forgery, which costs nobody the help', async () => {
    const visitor = await arrive('Forged', new IdentitySigner());
    await visitor.start({ message: 'Hello' });
    await agent.accept('Forged');
    await expect(badge).toBeHidden();
    expect(await visitor.page.evaluate(heard)).toEqual(['identityRefused']);
    await visitor.end();
    await agent.finish();
  });
});

/** The functions below run in a page and stand each for itself. */

type Embedding = Window &
  typeof globalThis & {
    sign(engagementId: string): Promise<string>;
    failures?: string[];
    alongside: {
      identify(details: object): void;
      reset(): void;
      on(name: string, listener: (event: { reason: string }) => void): void;
    };
  };

function identify(name: string): void {
  const page = window as unknown as Embedding;
  const failures: string[] = [];
  page.failures = failures;
  page.alongside.on('failed', ({ reason }) => failures.push(reason));
  page.alongside.identify({
    name,
    token: ({ engagementId }: { engagementId: string }) => page.sign(engagementId),
  });
}

function signOut(): void {
  (window as unknown as Embedding).alongside.reset();
}

function keptHere(): string {
  return document.cookie + Object.keys(sessionStorage);
}

function heard(): readonly string[] {
  return (window as unknown as Embedding).failures ?? ['nothing was listened to'];
}
