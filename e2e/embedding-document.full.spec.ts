/** Every example of EMBEDDING.md does in a browser what the document says of it. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import type { SiteEdit, SiteShown } from '@alongside/protocol';
import type { AgentPage } from './agent/agent-page.js';
import { t } from './agent/console-words.js';
import { expect } from './agent/patient-expect.js';
import { EmbeddingSnippets } from './embedding/embedding-snippets.js';
import type { SnippetPage } from './embedding/snippet-pages.js';
import { applications, bundled, SnippetPages } from './embedding/snippet-pages.js';
import { test } from './fixtures.js';
import { meet, share } from './journey/meet.js';
import { CustomerApi } from './service/customer-api.js';
import { firstAgent } from './service/demo-sign-ins.js';
import { callLocal } from './service/local-http.js';
import { editOf } from './service/site-edit.js';
import { VisitorPage } from './visitor/visitor-page.js';

const requireOfServer = createRequire(new URL('../server/package.json', import.meta.url));

test.use({ serviceName: 'embedding-document' });
test.describe.configure({ timeout: 240_000 });

test('the examples of EMBEDDING.md work as they are written', async ({ people, service, signIns }) => {
  const { console: consoleOrigin, live, shop } = service.origins;
  const { hostname } = new URL(shop);
  const pages = await SnippetPages.start();
  const [own, framed] = [pages.origin(`own.${hostname}`), pages.origin(`framed.${hostname}`)];
  const officer = await CustomerApi.signIn(consoleOrigin, signIns.officer);
  const [site] = await officer.ask<readonly SiteShown[]>('GET', '/api/sites');
  if (site === undefined) throw new Error('The demo customer has a site.');
  const { pinned, files } = (await callLocal(`${consoleOrigin}/sdk/v1/integrity.json`)).json() as {
    readonly pinned: string;
    readonly files: Readonly<Record<string, string>>;
  };
  const snippets = new EmbeddingSnippets({
    'https://console.example': consoleOrigin,
    'https://live.example': live,
    'wss://live.example': live.replace(/^http/, 'ws'),
    'https://shop.example': own,
    'site_…': site.siteKey,
    'loader-0123456789ab.js': pinned,
    'sha384-…': files[pinned] ?? '',
  });
  const tag = snippets.take('html', 'v1/loader.js');
  const start = `const site = '${site.siteKey}'; const service = '${consoleOrigin}';`;
  const agent = await people.agent(firstAgent(signIns));
  const refused: string[] = [];
  const change = async (more: Partial<SiteEdit>): Promise<void> => {
    const [now] = await officer.ask<readonly SiteShown[]>('GET', '/api/sites');
    if (now !== undefined) await officer.ask('PUT', `/api/sites/${site.siteId}`, { ...editOf(now), ...more });
  };
  await change({ origins: [...site.origins, own, framed] });
  const visit = async (page: SnippetPage, origin = own): Promise<VisitorPage> => {
    const context = await people.context();
    await VisitorPage.prepare(context);
    pages.put('/', page);
    context.on('console', (said) => {
      if (said.text().includes('Content Security Policy')) refused.push(said.text());
    });
    const visitor = new VisitorPage(await context.newPage());
    await visitor.page.goto(`${origin}/`);
    return visitor;
  };
  const leave = (visitor: VisitorPage) => visitor.page.context().close();

  await test.step('the tag, the stub ahead of it and the policy', async () => {
    const stub = snippets.take('html', 'alongside.q.push').replace('<script', '<script nonce="stub"');
    const policy = snippets.take('', 'script-src').replace('script-src', "script-src 'nonce-stub'");
    const early = '<script nonce="stub">alongside("open")</script>';
    const visitor = await visit({
      head: stub + early + tag,
      body: '<h1>A strict page</h1>',
      policy: `default-src 'none'; ${policy.replaceAll('\n', ' ')}`,
    });
    await expect.poll(async () => [...refused, await visitor.window.isVisible()]).toEqual([true]);
    await visitor.page.evaluate('alongside.close()');
    await expect(visitor.window).toBeHidden();
    await meet({ agent, visitor }, { name: 'Snippet' });
    await share({ agent, visitor });
    await agent.replay.expectText('A strict page');
    expect(refused).toEqual([]);
    await visitor.end();
    await agent.finish();
    await leave(visitor);
  });

  await test.step('every call, option, detail and event in the tables', async () => {
    const visitor = await visit({ head: tag });
    await expect(visitor.launcher).toBeVisible();
    await visitor.page.evaluate(standIns);
    const examples = ['option of `start`', 'detail of `identify`', 'event', 'call'].flatMap((each) =>
      snippets.examplesOf(each),
    );
    for (const example of examples) {
      const names = 'const { start, stop, reset, identify, open, close, on, off } = alongside;';
      await visitor.page.evaluate(`(() => { ${names} ${example} })()`);
    }
    // The examples stop it on their way.
    await visitor.page.evaluate(`alongside.start({ site: '${site.siteKey}', service: '${consoleOrigin}' })`);
    await expect(visitor.launcher).toBeVisible();
    await visitor.page.evaluate('helpLink.onclick()');
    await expect(visitor.window).toBeVisible();
    await visitor.page.evaluate('signOut.onclick()');
    await expect(visitor.window).toBeHidden();
    await expect.poll(() => visitor.page.evaluate('told')).toEqual(['hideBanner', 'showBanner']);
    expect(await visitor.page.evaluate('[ads.hidden, chatHint.hidden]')).toEqual([
      false,
      expect.any(Boolean),
    ]);
    await leave(visitor);
  });

  await test.step('the package', async () => {
    const begin = snippets.take('js', "from '@alongside/visitor-sdk'");
    const hears = snippets.take('js', 'originNotAllowed');
    const counts = 'const monitor = { count: (what) => { window.counted = what; } };';
    const script = `<script>${await bundled(`${begin} ${counts} ${hears}`)}</script>`;
    const visitor = await visit({ body: script });
    await expect(visitor.launcher).toBeVisible();
    await leave(visitor);
    const stranger = await visit({ body: script }, pages.origin('unlisted.localhost'));
    await expect.poll(() => stranger.page.evaluate('window.counted')).toBe('help-origin-missing');
    await leave(stranger);
  });

  for (const [name, language, words] of [
    ['react', 'jsx', 'React'],
    ['vue', 'js', 'Vue'],
    ['svelte', 'js', 'Svelte'],
    ['angular', 'js', 'Angular'],
  ] as const) {
    await test.step(name, async () => {
      const lines = applications[name](snippets.take(language, `// ${words}`));
      const visitor = await visit({ body: `<script>${await bundled(`${start}\n${lines}`)}</script>` });
      await expect(visitor.launcher).toBeVisible();
      await visitor.page.evaluate('unmount()');
      await expect(visitor.launcher).toBeHidden();
      await leave(visitor);
    });
  }

  await test.step('a tag that is pinned, and no other file than that', async () => {
    const pinnedTag = snippets.take('html', 'crossorigin');
    const visitor = await visit({ head: pinnedTag });
    await expect(visitor.launcher).toBeVisible();
    await visitor.openPanel();
    await leave(visitor);
    const changed = await visit({
      head: pinnedTag.replace(/sha384-(.)/, (_, first) => `sha384-${first === 'A' ? 'B' : 'A'}`),
    });
    await changed.page.waitForLoadState('networkidle');
    await expect(changed.launcher).toBeHidden();
    await leave(changed);
  });

  await test.step('whom the customer has signed in', async () => {
    const keys = await keysFrom(snippets.take('sh', 'openssl'));
    await change({ identityKey: keys.publicKey });
    const answer = serverOf(snippets.take('js', 'jsonwebtoken'), keys.privateKey);
    const visitor = await visit({ head: tag });
    await visitor.page.route('**/help-token', (route) => {
      route.fulfill({ body: answer(route.request().postDataJSON()) }).catch(() => undefined);
    });
    await expect(visitor.launcher).toBeVisible();
    await visitor.page.evaluate(
      `(() => { const { identify } = alongside; ${snippets.take('js', 'identify({')} })()`,
    );
    await meet({ agent, visitor }, { name: 'Mira' });
    const who = 'Mira Virtanen, customer 4711';
    await expect(agent.page.getByText(t('visitor.confirmedAs', { who }))).toBeVisible();
    await finish(visitor, agent);
    await leave(visitor);
  });

  await test.step('a page inside a page', async () => {
    pages.put('/inside', {
      head: snippets.take('html', 'frame.js'),
      body: '<p data-alongside="allow">Inside</p>',
    });
    const visitor = await visit({
      head: tag,
      body: `<h1>Around</h1><iframe src="${framed}/inside" width="400" height="200"></iframe>`,
    });
    await meet({ agent, visitor }, { name: 'Framed' });
    await share({ agent, visitor });
    await expect.poll(async () => (await agent.replay.inside('iframe')).text).toContain('Inside');
    await finish(visitor, agent);
    await leave(visitor);
  });

  expect(snippets.left, 'every example is tried').toEqual([]);
  pages.stop();
});

async function finish(visitor: VisitorPage, agent: AgentPage): Promise<void> {
  await visitor.end();
  await agent.finish();
}

/** As somebody would type it, in an empty folder. */
async function keysFrom(
  commands: string,
): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-keys-'));
  try {
    const run = promisify(execFile);
    const { stdout: publicKey } = await run('sh', ['-ec', commands], { cwd: folder });
    const { stdout: privateKey } = await run('cat', [join(folder, 'help-identity.pem')]);
    return { publicKey, privateKey };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The customer's server, as far as the example is one: what it answers to a body. */
function serverOf(code: string, helpIdentityKey: string): (body: unknown) => string {
  type Handler = (request: object, response: { send(text: string): void }) => void;
  let handler: Handler = () => undefined;
  const app = {
    post: (_path: string, _guard: unknown, handle: Handler) => {
      handler = handle;
    },
  };
  runInNewContext(code.replace(/^import .*$/m, ''), {
    ...{ app, helpIdentityKey, jwt: requireOfServer('jsonwebtoken'), requireSignIn: undefined },
  });
  return (body) => {
    let sent = '';
    const send = (text: string): void => {
      sent = text;
    };
    handler({ user: { name: 'Mira Virtanen', number: 4711 }, body }, { send });
    return sent;
  };
}

/** What the examples speak of, on the customer's page. It runs there and stands for itself. */
function standIns(): void {
  const told: string[] = [];
  const tell = (name: string) => () => void told.push(name);
  Object.assign(window, {
    ...{ told, hideBanner: tell('hideBanner'), showBanner: tell('showBanner') },
    ...{ show: tell('show'), count: () => undefined, report: tell('report') },
    ...{ signOut: {}, helpLink: {}, chatHint: {}, ads: {}, fetchHelpToken: async () => '' },
  });
}
