/** The second language in real browsers: panel and console are German throughout, and say so to screen readers. */

import type { Page } from '@playwright/test';
import { messagesIn } from '../agent-console/src/messages/catalogue.js';
import { de as consoleGerman } from '../agent-console/src/messages/de.js';
import { en as consoleEnglish } from '../agent-console/src/messages/en.js';
import { de as panelGerman } from '../visitor-sdk/src/panel/messages/de.js';
import { en as panelEnglish } from '../visitor-sdk/src/panel/messages/en.js';
import { AgentPage } from './agent/agent-page.js';
import { expect, test } from './fixtures.js';
import { speakGerman } from './visitor/speak-german.js';
import { VisitorPage } from './visitor/visitor-page.js';

const { t } = messagesIn('de');

// In `npm test` the panel of panel.spec.ts speaks German; that no sentence is missing is a unit test.
const name = 'where the page and the browsers are German, panel and console are';
test(name, { tag: '@full' }, async ({ people, service, signIns }) => {
  const { origins } = service;
  const [aki] = signIns.agents;
  if (aki === undefined) throw new Error('There is an agent.');
  const desk = await people.context({ locale: 'de-DE', viewport: { width: 1440, height: 900 } });
  const { page: console } = new AgentPage(await desk.newPage(), { console: origins.console, person: aki });
  await console.goto(origins.console);
  await expect(console.locator('html')).toHaveAttribute('lang', 'de');
  await console.getByLabel(t('field.email')).fill(aki.email);
  await console.getByLabel(t('field.password'), { exact: true }).fill(aki.password);
  await console.getByRole('button', { name: t('signIn.submit') }).click();
  const available = console.getByRole('switch', { name: t('desk.availableLabel') });
  await expect(available).toBeEnabled();
  // Whoever was available a moment ago still is.
  if (!(await available.isChecked())) await available.click();
  await expect(available).toBeChecked();
  await expectGerman(console, 'the desk', consoleWords);

  const home = await people.context({ locale: 'de-DE' });
  await VisitorPage.prepare(home);
  await home.addInitScript(speakGerman);
  const { page, host } = new VisitorPage(await home.newPage());
  await page.goto(`${origins.shop}/products/alder`);
  await host.getByRole('button', { name: /^Hilfe/ }).click();
  await expect(host.getByText(panelGerman['notice.heading'])).toBeVisible();
  await expect(host.locator('[lang]').first()).toHaveAttribute('lang', 'de');
  await expectGerman(page, 'the notice', panelWords);
  await host.getByLabel(panelGerman['start.message']).fill('Guten Tag');
  await host.getByLabel(new RegExp(`^${panelGerman['start.name']}`)).fill('Maike');
  await host.getByRole('button', { name: panelGerman['start.send'] }).click();
  await expect(host.getByText(panelGerman['waiting.heading'])).toBeVisible();
  await expectGerman(page, 'the queue', panelWords);

  await console.getByRole('button', { name: t('queue.acceptNamed', { who: 'Maike' }) }).click();
  await expect(host.getByText(`Sie sprechen mit ${aki.displayName}`)).toBeVisible({ timeout: 20_000 });
  await console.getByRole('button', { name: t('player.ask') }).click();
  const asked = host.getByRole('dialog', { name: `${aki.displayName} möchte diese Seite sehen` });
  await expect(asked.locator('[data-armed="true"]')).toBeVisible();
  await expectGerman(page, 'the question', panelWords);
  await asked.getByRole('button', { name: panelGerman['ask.view.yes'] }).click();
  await expect(console.getByTestId('player-state')).toHaveAttribute('data-state', 'live', {
    timeout: 20_000,
  });
  await expectGerman(page, 'the conversation', panelWords);
  await expectGerman(console, 'the engagement', consoleWords);
  await host.getByRole('button', { name: panelGerman['panel.end'], exact: true }).click();
  await host.getByRole('button', { name: panelGerman['end.yes'], exact: true }).last().click();
  await expect(host.getByText(panelGerman['survey.heading'])).toBeVisible();
  await host.getByRole('button', { name: panelGerman['survey.skip'] }).click();
  await expect(host.locator('.receipt dl')).toBeVisible();
  await expectGerman(page, 'the receipt', panelWords);
  await expect(console.getByRole('heading', { name: t('wrapUp.title') })).toBeVisible();
  await expectGerman(console, 'the wrap-up', consoleWords);
});

interface Words {
  /** Where they are said. */
  readonly within: string;
  readonly english: readonly RegExp[];
  readonly german: readonly RegExp[];
}

const consoleWords = wordsOf(consoleEnglish, consoleGerman, 'body');
const panelWords = wordsOf(panelEnglish, panelGerman, 'alongside-help');

/** The sentences that differ: what both languages say alike tells nothing. */
function wordsOf<Key extends string>(
  english: Readonly<Record<Key, string>>,
  german: Readonly<Record<Key, string>>,
  within: string,
): Words {
  const keys = (Object.keys(english) as Key[]).filter((key) => english[key] !== german[key]);
  const inGerman = new Set<string>(Object.values(german));
  return {
    within,
    english: keys
      .map((key) => english[key])
      .filter((each) => !inGerman.has(each))
      .flatMap(sentence),
    german: keys.map((key) => german[key]).flatMap(sentence),
  };
}

/** The sentence with anything in its gaps; one that is little but gaps would fit everything. */
function sentence(text: string): readonly RegExp[] {
  if (text.replace(/\{\w+\}/g, '').replace(/\P{L}/gu, '').length < 3) return [];
  const parts = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return [new RegExp(`^${parts.join('.+')}$`, 'u')];
}

async function expectGerman(page: Page, what: string, { within, english, german }: Words): Promise<void> {
  const said = await page.locator(within).evaluate(everythingSaid);
  const fits = (each: string) => (pattern: RegExp) => pattern.test(each);
  expect(
    said.filter((each) => english.some(fits(each))),
    `English in ${what}`,
  ).toEqual([]);
  const known = said.filter((each) => german.some(fits(each)));
  expect(known.length, `${what} is read at all`).toBeGreaterThan(3);
}

/** Runs in the page: every text and every name that is seen or read out, but not the replayed page's. */
function everythingSaid(root: Element): string[] {
  const said: string[] = [];
  const walk = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) said.push(node.nodeValue ?? '');
    if (!(node instanceof Element) && !(node instanceof ShadowRoot)) return;
    if (node instanceof Element) {
      if (['style', 'script'].includes(node.localName)) return;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        said.push(node.getAttribute(name) ?? '');
      if (node.shadowRoot !== null) walk(node.shadowRoot);
    }
    for (const child of node.childNodes) walk(child);
  };
  walk(root);
  return said.map((each) => each.replace(/\s+/g, ' ').trim()).filter((each) => each !== '');
}
