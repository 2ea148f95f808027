/** The visitor's page with the help on it, spoken of in the words that a visitor reads. */

import type { BrowserContext, Frame, Locator, Page } from '@playwright/test';
import { expect } from '../agent/patient-expect.js';
import { openShadowRoots } from './open-shadow-roots.js';

export interface FirstMessage {
  readonly message: string;
  readonly name?: string;
  readonly topic?: string;
}

export class VisitorPage {
  readonly page: Page;
  /** The one element that Alongside adds to a page. */
  readonly host: Locator;

  constructor(page: Page) {
    this.page = page;
    this.host = page.locator('alongside-help');
  }

  /** Has to come before the first page of the context. */
  static async prepare(context: BrowserContext): Promise<void> {
    await openShadowRoots(context);
  }

  get launcher(): Locator {
    return this.host.getByRole('button', { name: /^Help/ });
  }

  get window(): Locator {
    return this.host.getByRole('dialog', { name: /^Help from/ });
  }

  get log(): Locator {
    return this.host.getByRole('log', { name: 'Conversation' });
  }

  get composer(): Locator {
    return this.host.getByRole('textbox', { name: /^Message to/ });
  }

  get call(): Locator {
    return this.host.locator('section.call');
  }

  /** What tells the whole time that somebody sees the page. */
  watchedBy(agentName: string): Locator {
    return this.host.getByRole('region', { name: `${agentName} sees this page`, exact: true }).first();
  }

  get lease(): Locator {
    // What is lent with the view is another lease.
    return this.host.getByText(/ may (?!point and draw:).*: \d+:\d\d left/).first();
  }

  get agentPicture(): Locator {
    return this.host.locator('video[aria-label^="Picture of"]');
  }

  get voice(): Locator {
    return this.host.locator('audio');
  }

  /** The agent's pointer on the page, with their name at it. */
  agentPointer(agentName: string): Locator {
    return this.page.locator('.pointer.shown .name').filter({ hasText: agentName }).first();
  }

  /** How much of the page, or of a frame in it, an agent has drawn over. */
  drawnPixels(inside: Page | Frame = this.page): Promise<number> {
    return inside.evaluate(countDrawnPixels);
  }

  /** The window's last word on what does not work right now. */
  get state(): Locator {
    return this.host.locator('.strip');
  }

  button(name: string | RegExp): Locator {
    return this.host.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
  }

  text(text: string | RegExp): Locator {
    return this.host.getByText(text);
  }

  /** What the agent has put before the visitor. */
  offered(what: RegExp): Locator {
    return this.host.getByRole('region', { name: what });
  }

  line(text: string): Locator {
    return this.log.getByRole('listitem').filter({ hasText: text });
  }

  async openPanel(): Promise<void> {
    await this.launcher.click();
    await expect(this.window).toBeVisible();
  }

  /** The panel remembers whether it was open, so a page that comes back may open it by itself in this moment. */
  async openPanelIfClosed(): Promise<void> {
    await expect(async () => {
      if (!(await this.window.isVisible())) await this.launcher.click({ timeout: 2_000 });
      await expect(this.window).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
  }

  async start({ message, name, topic }: FirstMessage): Promise<void> {
    await this.host.getByLabel('Your message').fill(message);
    if (name !== undefined) await this.host.getByLabel(/^Your name/).fill(name);
    if (topic !== undefined) await this.host.getByLabel(/^Topic/).fill(topic);
    await this.button('Start and send').click();
  }

  /** Of the lines that are committed, in the order in which they are shown. */
  async numbers(): Promise<readonly number[]> {
    const lines = await this.log.locator('li[data-number]').all();
    return Promise.all(lines.map(async (line) => Number(await line.getAttribute('data-number'))));
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.button('Send').click();
  }

  /** Whether the conversation is there and connected, as after coming back. */
  async expectConversation(agentName: string): Promise<void> {
    await expect(this.text(`You are talking to ${agentName}`)).toBeVisible({ timeout: 40_000 });
  }

  question(heading: RegExp): Locator {
    return this.host.getByRole('dialog', { name: heading });
  }

  /** An answer counts only once the question has been in sight for a while. */
  async answer(heading: RegExp, answer: string | RegExp): Promise<void> {
    const asked = this.question(heading);
    await expect(asked.locator('[data-armed="true"]')).toBeVisible();
    await asked.getByRole('button', { name: answer }).click();
    await expect(asked).toBeHidden();
  }

  async agreeToShow(): Promise<void> {
    await this.answer(/asks to see this page$/, 'Yes, show the page');
  }

  async stopSharing(): Promise<void> {
    await this.button('Stop sharing this page').first().click();
  }

  async end(): Promise<void> {
    await this.button('End').click();
    await this.button('End it').click();
  }
}

/** Runs in the page: counts the pixels of every canvas of ours that are not clear. */
function countDrawnPixels(): number {
  const canvases = [...document.querySelectorAll('*')]
    .flatMap((element) => [...(element.shadowRoot?.querySelectorAll('canvas') ?? [])])
    .filter((canvas) => canvas.width > 0 && canvas.height > 0);
  let drawn = 0;
  for (const canvas of canvases) {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    for (let alpha = 3; alpha < pixels.length; alpha += 4) if ((pixels[alpha] ?? 0) > 0) drawn += 1;
  }
  return drawn;
}
