/** An expert joins a call by a link, is heard once they are shown, and goes by one press; and every link that is over. */

import type { Page } from '@playwright/test';
import { messagesIn } from '../agent-console/src/messages/catalogue.js';
import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { calling, voicesOf } from './journey/call-company.js';
import { asked, expertPage, invite, letIn, lin, shown } from './journey/call-expert.js';
import { expectHeard, type Speaker } from './journey/call-tones.js';

test.describe.configure({ timeout: 240_000 });
test.use({ serviceName: 'experts' });

const waits = `Dr. Lin, expert of ${lin.organisation}, waits for your yes and hears nothing yet.`;

test('an expert comes by a link, is shown and heard, and is removed by the visitor', async ({
  people,
  service,
  signIns,
}, info) => {
  const { api, lead, visitor } = await calling({ people, service, signIns, rules: { experts: true } });
  const look = (page: Page, step: string) => page.screenshot({ path: info.outputPath(`${step}.png`) });
  const link = await invite(lead, (step) => look(lead.page, `lead-${step}`));
  await look(lead.page, 'lead-open-link');

  const expert = await expertPage(people);
  const pageSays = (text: string) => expert.getByRole('heading', { name: text });
  await expert.goto(link);
  await expect(pageSays(t('expert.title'))).toBeVisible();
  await expect(expert.getByText(t('expert.shown', lin))).toBeVisible();
  await look(expert, 'expert-invited');
  await expert.getByRole('button', { name: t('devices.title') }).click();
  await look(expert, 'expert-devices');
  await expert.getByRole('button', { name: t('expert.join') }).click();
  // Until the visitor's yes nobody hears them, and the panel says so.
  await expect(visitor.text(waits)).toBeVisible({ timeout: 20_000 });
  await visitor.answer(asked, 'Let in');
  await expect(visitor.text(shown)).toBeVisible({ timeout: 20_000 });
  const hears = async (expected: Readonly<Record<Speaker, readonly Speaker[]>>): Promise<void> => {
    await expectHeard(visitor.voice, expected.visitor, 'the visitor hears');
    await expectHeard(voicesOf(lead), expected.lead, 'the lead hears');
    if (expected.third.length > 0)
      await expectHeard(expert.locator('audio'), expected.third, 'the expert hears');
  };
  const together = {
    visitor: ['lead', 'third'],
    lead: ['visitor', 'third'],
    third: ['visitor', 'lead'],
  } as const;
  await hears(together);
  // The secret is nowhere that a glance or the history would find it.
  expect(new URL(expert.url()).hash).toBe('');
  await look(expert, 'expert-in-call');
  await look(visitor.page, 'visitor-with-expert');
  await look(lead.page, 'lead-with-expert');

  await expert.reload();
  await expect(expert.getByRole('button', { name: t('attend.leave') })).toBeVisible({ timeout: 20_000 });
  await expectHeard(expert.locator('audio'), together.third, 'the expert hears again');
  // A page that nobody has pressed anything in yet makes no tone: that they are there again is what is looked at.
  await expect(visitor.voice).toHaveCount(2);

  const second = await (await people.context()).newPage();
  await second.goto(link);
  await expect(second.getByRole('heading', { name: t('expert.over.used') })).toBeVisible();
  await look(second, 'expert-used');
  await second.goto(`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`);
  await expect(second.getByRole('heading', { name: t('expert.over.wrong') })).toBeVisible();

  await visitor.button('Remove Dr. Lin from the call').click();
  await expect(pageSays(t('expert.over.removed'))).toBeVisible();
  await look(expert, 'expert-removed');
  await expect(visitor.text(shown)).toBeHidden();
  await hears({ visitor: ['lead'], lead: ['visitor'], third: [] });
  await expert.reload();
  await expect(pageSays(t('expert.over.removed'))).toBeVisible();

  const taken = await invite(lead);
  await lead.page.getByRole('button', { name: t('experts.takeBack') }).click();
  await expect(lead.page.getByRole('button', { name: t('experts.takeBack') })).toBeHidden();
  await expert.goto(taken);
  await expect(pageSays(t('expert.over.revoked'))).toBeVisible();

  const last = await invite(lead);
  await expert.goto(last);
  await letIn(expert, visitor);
  await visitor.button('Hang up').click();
  await expect(pageSays(t('expert.over.callEnded'))).toBeVisible();

  const { engagementId } = lead;
  const record = await api.ask<{ readonly metadata: readonly Fact[] }>(
    'GET',
    `/api/engagements/${engagementId}`,
  );
  const stretches = record.metadata.filter(({ kind }) => kind === 'callPresence');
  expect(stretches.map(({ fields }) => [fields.role, fields.expert])).toEqual([
    ['expert', lin.name],
    ['expert', lin.name],
  ]);
  for (const { fields } of stretches) expect(fields.leftAt).toEqual(expect.any(Number));
  expect(stretches.map(({ fields }) => fields.removedBy).toSorted()).toEqual(['visitor', undefined]);
  await visitor.end();
});

test('an expert is spoken to in German, and without a microphone they listen', async ({
  people,
  service,
  signIns,
}, info) => {
  const { lead, visitor } = await calling({ people, service, signIns, rules: { experts: true } });
  const { t: german } = messagesIn('de');
  const link = await invite(lead);
  const context = await people.context({ locale: 'de-DE', viewport: { width: 420, height: 900 } });
  await context.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('There is none.', 'NotFoundError'));
  });
  const page = await context.newPage();
  const look = (step: string) => page.screenshot({ path: info.outputPath(`de-${step}.png`), fullPage: true });
  await page.goto(link);
  await expect(page.getByRole('heading', { name: german('expert.title') })).toBeVisible();
  await look('invited');
  await page.getByRole('button', { name: german('devices.title') }).click();
  await expect(page.getByText(german('call.microphone.missing'))).toBeVisible();
  await look('devices');
  await page.getByRole('button', { name: german('expert.join') }).click();
  await visitor.answer(asked, 'Let in');
  await expect(visitor.text(shown)).toBeVisible({ timeout: 20_000 });
  await expectHeard(page.locator('audio'), ['visitor', 'lead'], 'the expert hears');
  await look('in-call');
  await page.getByRole('button', { name: german('attend.leave') }).click();
  await expect(page.getByRole('heading', { name: german('expert.over.left') })).toBeVisible();
  await look('left');
  await expect(visitor.text(shown)).toBeHidden();
  await visitor.end();
});

interface Fact {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
}
