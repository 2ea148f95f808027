/** Steps 8 and 9: the end from either side, the survey, the receipt and erasure; what is kept, and nothing else. */

import { readFile } from 'node:fs/promises';
import { t } from '../agent/console-words.js';
import { expect, test } from '../fixtures.js';
import { countInFiles, countInTables, embeddedOwnerUrl } from '../service/stored-data.js';
import type { Story } from './story.js';

export function tellOfEnding(story: () => Story): void {
  test('step 8: the visitor ends it, answers the survey, and gets a receipt to read and download', async () => {
    const { visitor, agent, agentName } = story();
    await visitor.openPanelIfClosed();
    await visitor.end();
    await expect(visitor.text('You have ended the conversation.')).toBeVisible();
    await expect(agent.page.getByRole('heading', { name: t('wrapUp.title') })).toBeVisible();
    await expect(visitor.watchedBy(agentName)).toBeHidden();
    await expect(visitor.text('How was it?')).toBeVisible();
    await visitor.host.getByRole('radio', { name: '4 of 5' }).check({ force: true });
    await visitor.button('Send answers').click();
    const receipt = visitor.host.locator('.receipt');
    await expect(receipt.getByRole('heading', { name: 'Your receipt' })).toBeVisible();
    for (const what of ['wrote with you', 'saw your page', 'acted on your page', 'spoke with you']) {
      await expect(receipt).toContainText(`${agentName} (in Finland) ${what}`);
    }
    await expect(receipt).toContainText('See the page: allowed');
    await expect(receipt).toContainText('See the page: withdrawn');
    await expect(receipt).toContainText('See the page: refused');
    await expect(receipt).toContainText('Act on the page: allowed');
    await expect(receipt).toContainText('Your voice: allowed');
    await expect(receipt).toContainText(/typed: (once|\d+ times)/);
    await expect(receipt).toContainText(/clicked: \d+ times/);
    await expect(receipt).toContainText('Your page, sound and pictures were never stored.');
    await expect(receipt).toContainText('stays in Finland; no transfer basis is needed');
    const download = visitor.page.waitForEvent('download');
    await visitor.button('Download all of it').click();
    const exported = await readFile(await (await download).path(), 'utf8');
    for (const line of story().said) expect(exported).toContain(line);
    for (const secret of story().secrets) expect(exported).not.toContain(secret);
    expect(JSON.parse(exported)).toMatchObject({ format: 'alongside-export/1', survey: { version: 1 } });
  });

  test('step 8: the agent ends another one; the visitor skips the survey and erases, with a receipt of that', async () => {
    const { people, agent, agentName } = story();
    await agent.finish();
    const visitor = await people.visitor(story().url('/'));
    await visitor.openPanel();
    const erased = story().secret('erased');
    await visitor.start({ message: erased, name: 'Short visit' });
    await agent.accept('Short visit');
    await visitor.expectConversation(agentName);
    await agent.end();
    await expect(visitor.text(`${agentName} has ended the conversation.`)).toBeVisible();
    await visitor.button('Skip').click();
    await expect(visitor.host.locator('.receipt')).toContainText(`${agentName} (in Finland) wrote with you`);
    const owner = await embeddedOwnerUrl(story().service.dataDir);
    expect((await countInTables(owner, [erased])).get(erased), 'it is kept before').toBe(1);
    await visitor.button('Delete conversation and answers').click();
    await visitor.button('Delete now').click();
    await expect(visitor.host.getByRole('heading', { name: 'Deleted' })).toBeVisible();
    await expect(visitor.text(/^Number of this deletion: \S+$/)).toBeVisible();
    expect((await countInTables(owner, [erased])).get(erased), 'and gone at once').toBe(0);
    await agent.openRecord(agent.engagementId);
    await expect(agent.page.getByText(t('record.erased'))).toBeVisible();
    await visitor.page.context().close();
  });

  test('step 9: the agent finds the engagement again, each row with the basis it rests on', async () => {
    const { agent, engagementId, visitorName } = story();
    await agent.openRecords();
    await agent.page.getByLabel(t('records.search')).fill(visitorName);
    await expect(agent.page.getByRole('row').filter({ hasText: visitorName })).toHaveCount(1);
    await agent.openRecord(engagementId);
    const transcript = agent.page.getByRole('listitem');
    for (const line of story().said) await expect(transcript.filter({ hasText: line })).toHaveCount(1);
    const basis = t('basis.NONE_DOMESTIC', { from: 'Finland', to: 'Finland' });
    const lines = await transcript.filter({ has: agent.page.locator('.line-text') }).all();
    expect(lines.length).toBeGreaterThanOrEqual(story().said.length);
    for (const line of lines) await expect(line).toContainText(basis);
    const rows = await agent.page.getByRole('table').getByRole('row').all();
    expect(rows.length).toBeGreaterThan(8);
    for (const row of rows.slice(1)) await expect(row).toContainText(basis);
    await expect(agent.page.getByText(t('record.noSurvey'))).toBeHidden();
    await expect(agent.page.getByText(t('record.nothingElse'))).toBeVisible();
  });

  test('step 9: nothing else exists, in any table, file or log', async () => {
    const { service, said, secrets, second } = story();
    const kept = said.filter((line) => line !== '');
    const owner = await embeddedOwnerUrl(service.dataDir);
    const inTables = await countInTables(owner, [...kept, ...secrets, second.secret]);
    const inFiles = await countInFiles(service.dataDir, [...kept, ...secrets]);
    for (const line of [...kept, second.secret])
      expect(inTables.get(line), 'the control: what was said is found').toBeGreaterThan(0);
    // The database's log breaks a text here and there, where one of its pages ends.
    const onDisk = kept.filter((line) => (inFiles.get(line) ?? 0) > 0);
    expect(onDisk.length, 'the control: what was said is found on disk').toBeGreaterThan(kept.length - 3);
    const fromPage = secrets.filter((secret) => !secret.startsWith('erased'));
    expect(fromPage.length).toBeGreaterThan(4);
    for (const secret of fromPage) {
      expect(inTables.get(secret), `${secret} is in a table`).toBe(0);
      expect(inFiles.get(secret), `${secret} is in a file`).toBe(0);
    }
    for (const text of [...kept, ...secrets])
      expect(service.output, 'a log holds content').not.toContain(text);
  });
}
