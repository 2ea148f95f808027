/** What an agent puts before a visitor opens by the visitor's press alone, and leaves a row without any address. */

import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { meet } from './journey/meet.js';
import { CustomerApi } from './service/customer-api.js';
import { firstAgent } from './service/demo-sign-ins.js';
import { randomLetters } from './service/random-letters.js';
import { embeddedOwnerUrl, readAllRows } from './service/stored-data.js';

test('[DE1] [DE2] [DE4] a page, a link and a document go from the agent to the visitor’s press', async ({
  people,
  service,
  signIns,
}) => {
  const signIn = firstAgent(signIns);
  const mark = randomLetters(8);
  const officer = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const written = { title: `Returns ${mark}`, text: 'Send it back within thirty days.\nWe pay the way.' };
  const { documentId } = await officer.ask<{ documentId: string }>('POST', '/api/documents', written);
  const agent = await people.agent(signIn);
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  const windows: string[] = [];
  const context = visitor.page.context();
  // The first letter of the host is Cyrillic: the card has to say what is asked.
  await context.route('https://xn--pple-43d.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<script>document.title = String(opener)</script>' }),
  );
  context.on('page', (page) => windows.push(page.url()));
  await meet({ agent, visitor }, { message: 'How do I return it?', name: 'Returning' });

  await agent.offer('link', `https://\u0430pple.example/${mark}`);
  const link = visitor.offered(/suggests a link$/);
  await expect(link.getByText(`https://xn--pple-43d.example/${mark}`)).toBeVisible();
  // A script of the page presses as well as it can.
  await link.getByRole('button', { name: 'Open' }).evaluate((button) => (button as HTMLElement).click());
  await agent.offer('document', written.title);
  const document = visitor.offered(/offers a document$/);
  await expect(document).toBeVisible();
  expect(windows, 'nothing opens by itself').toEqual([]);
  await expect(visitor.text(written.title)).toBeHidden();

  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    link.getByRole('button', { name: 'Open' }).click(),
  ]);
  await expect(opened).toHaveTitle('null');
  await opened.close();
  await document.getByRole('button', { name: 'Read' }).click();
  await expect(visitor.text(written.title)).toBeVisible();
  await expect(visitor.text('We pay the way.')).toBeVisible();
  await expect(agent.offers).toHaveText(`${t('delivery.kind.document')}: ${t('delivery.state.opened')}`);

  await agent.offer('page', `/products?from=${mark}`);
  await expect(visitor.offered(/suggests a page of this site$/)).toBeVisible();
  // What is not answered goes along to the next page.
  await visitor.page.reload();
  await visitor
    .offered(/suggests a page of this site$/)
    .getByRole('button', { name: 'Open' })
    .click();
  await visitor.page.waitForURL(`${service.origins.shop}/products?from=${mark}`);
  await expect(agent.offers).toHaveText(`${t('delivery.kind.page')}: ${t('delivery.state.opened')}`);

  const { engagementId } = agent;
  const rows = async () => readAllRows(await embeddedOwnerUrl(service.dataDir));
  const ofIt = (all: readonly string[]) =>
    all.filter((row) => row.startsWith('delivery: ') && row.includes(engagementId));
  await expect.poll(async () => ofIt(await rows()).length).toBe(3);
  const kept = await rows();
  for (const kind of ['page', 'link', 'document'])
    expect(ofIt(kept).filter((row) => row.includes(`,${kind},`))).toHaveLength(1);
  expect(ofIt(kept).filter((row) => row.includes(documentId))).toHaveLength(1);
  const naming = kept.filter((row) => row.includes(mark) || row.includes('pple.example'));
  expect(
    naming.map((row) => row.split(':')[0]),
    'only the catalogue itself has the words',
  ).toEqual(['document']);
});
