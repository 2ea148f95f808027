/** An expert from elsewhere: invited by who leads the call, let in by the visitor, each step as they press it. */

import type { Page } from '@playwright/test';
import type { AgentPage } from '../agent/agent-page.js';
import { t } from '../agent/console-words.js';
import { expect, type People } from '../fixtures.js';
import { followConnections } from '../visitor/follow-connections.js';
import type { VisitorPage } from '../visitor/visitor-page.js';
import { speakIn } from './call-tones.js';

/** Of the demo customer's own: nobody has to be approved for it. */
export const lin = { name: 'Dr. Lin', organisation: 'Hazel & Spoke Oy' };
export const shown = `Dr. Lin, expert of ${lin.organisation}, is in this call: you let them in.`;
export const asked = /^Dr\. Lin, expert of .*is invited into this call/;

/** The link, as the lead copies it. */
export async function invite(
  { page }: AgentPage,
  look?: (step: string) => Promise<unknown>,
): Promise<string> {
  await page.getByRole('button', { name: t('experts.invite') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('experts.name')).fill(lin.name);
  await dialog.getByLabel(t('experts.organisation')).selectOption(lin.organisation);
  await dialog.getByLabel(t('experts.country')).selectOption('FI');
  await look?.('inviting');
  await dialog.getByRole('button', { name: t('experts.makeLink') }).click();
  const link = dialog.getByRole('textbox', { name: t('experts.link', lin) });
  await expect(link).toContainText('/expert#');
  await look?.('link');
  const text = await link.innerText();
  await dialog.getByRole('button', { name: t('act.done') }).click();
  return text;
}

/** A browser of their own, with a tone of their own. */
export async function expertPage(people: People): Promise<Page> {
  const context = await people.context();
  await context.addInitScript(followConnections);
  await speakIn(context, 'third');
  return context.newPage();
}

export async function letIn(expert: Page, visitor: VisitorPage): Promise<void> {
  await expert.getByRole('button', { name: t('expert.join') }).click();
  await visitor.answer(asked, 'Let in');
  await expect(visitor.text(shown)).toBeVisible({ timeout: 20_000 });
}
