/** An agent's console, spoken of in the words that an agent reads. */

import type { DeliveryKind, LeasedKind } from '@alongside/protocol';
import { leasedKinds } from '@alongside/protocol';
import type { Locator, Page } from '@playwright/test';
import type { SignIn } from '../service/customer-api.js';
import { t } from './console-words.js';
import { expect } from './patient-expect.js';
import type { Sought } from './replay-view.js';
import { ReplayView } from './replay-view.js';

export type PlayerState =
  | 'live'
  | 'catchingUp'
  | 'navigating'
  | 'away'
  | 'elsewhere'
  | 'reconnecting'
  | 'paused';

export class AgentPage {
  readonly page: Page;
  readonly replay: ReplayView;
  readonly person: SignIn;
  readonly #consoleOrigin: string;

  constructor(page: Page, known: { readonly console: string; readonly person: SignIn }) {
    this.page = page;
    this.replay = new ReplayView(page);
    this.person = known.person;
    this.#consoleOrigin = known.console;
  }

  /** Of the engagement that is on screen. */
  get engagementId(): string {
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: t('chat.lines') });
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: t('chat.write') });
  }

  get playerState(): Locator {
    return this.page.getByTestId('player-state');
  }

  /** The visitor's tabs, once there is more than one. */
  get tabs(): Locator {
    return this.page.locator('.tab-list').getByRole('listitem');
  }

  get overlay(): Locator {
    return this.page.getByTestId('page-overlay');
  }

  get code(): Locator {
    return this.page.getByTestId('compare-code');
  }

  get visitorPicture(): Locator {
    return this.page.locator(`video[aria-label="${t('call.visitorPicture')}"]`);
  }

  get voice(): Locator {
    return this.page.getByTestId('visitor-voice');
  }

  get callState(): Locator {
    return this.page.locator('.call-state');
  }

  /** Why the last act on the page was not done. */
  get said(): Locator {
    return this.page.locator('.overlay-said');
  }

  get lease(): Locator {
    return this.page.getByTestId('lease-left');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  line(text: string): Locator {
    return this.log.getByRole('listitem').filter({ hasText: text });
  }

  async signIn(): Promise<void> {
    const { email, password } = this.person;
    await this.page.goto(this.#consoleOrigin);
    await this.page.getByLabel(t('field.email')).fill(email);
    await this.page.getByLabel(t('field.password'), { exact: true }).fill(password);
    await this.button(t('signIn.submit')).click();
    await expect(this.page.getByRole('navigation', { name: t('shell.navigation') })).toBeVisible();
  }

  async becomeAvailable(): Promise<void> {
    const available = this.page.getByRole('switch', { name: t('desk.availableLabel') });
    await expect(available).toBeEnabled();
    if (!(await available.isChecked())) await available.click();
    await expect(available).toBeChecked();
  }

  async openQueue(): Promise<void> {
    const { page } = this;
    await page
      .getByRole('navigation', { name: t('shell.navigation') })
      .getByRole('link', { name: t('queue.title') })
      .click();
    await expect(page.getByRole('heading', { level: 1, name: t('queue.title') })).toBeVisible();
  }

  waiting(visitorName: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: visitorName });
  }

  async accept(visitorName: string): Promise<void> {
    await this.button(t('queue.acceptNamed', { who: visitorName })).click();
    await this.expectEngagement(visitorName);
  }

  async expectEngagement(visitorName: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: visitorName })).toBeVisible();
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.button(t('chat.send')).click();
  }

  /** What became of the last thing that was put before the visitor. */
  get offers(): Locator {
    return this.page.locator('.delivery-state');
  }

  /** A page by its path, a link by its address, a document by its title. */
  async offer(kind: DeliveryKind, what: string): Promise<void> {
    await this.button(t('delivery.offer')).click();
    const dialog = this.page.getByRole('dialog', { name: t('delivery.title') });
    await dialog.getByLabel(t('delivery.what')).selectOption(kind);
    const field = kind === 'page' ? 'path' : kind;
    const input = dialog.getByLabel(t(`delivery.${field}`), { exact: true });
    await (kind === 'document' ? input.selectOption({ label: what }) : input.fill(what));
    await dialog.getByRole('button', { name: t('delivery.submit') }).click();
    await expect(dialog).toBeHidden();
  }

  async askToSee(): Promise<void> {
    await this.button(t('player.ask')).click();
  }

  async expectPlayer(state: PlayerState): Promise<void> {
    await expect(this.playerState).toHaveAttribute('data-state', state, { timeout: 40_000 });
  }

  /** Chooses among pointing, drawing and the hand that a lease allows. */
  async takeTool(tool: 'point' | 'draw' | 'control'): Promise<void> {
    const item = this.page.getByRole('radio', { name: t(`tool.${tool}`) });
    if ((await item.getAttribute('aria-checked')) !== 'true') await item.click();
    await expect(item).toHaveAttribute('aria-checked', 'true');
  }

  async askForControl(kinds: readonly LeasedKind[]): Promise<void> {
    await this.button(t('control.ask')).click();
    const dialog = this.page.getByRole('dialog', { name: t('control.askTitle') });
    for (const kind of leasedKinds) {
      await dialog.getByLabel(t(`kind.${kind}`), { exact: true }).setChecked(kinds.includes(kind));
    }
    await dialog.getByLabel(t('control.duration')).selectOption('60000');
    await dialog.getByRole('button', { name: t('control.askSubmit') }).click();
    await expect(dialog).toBeHidden();
  }

  /** Clicks on the shown page as on a page of one's own. */
  async clickInPage(sought: Sought): Promise<void> {
    const { x, y } = await this.replay.placeOf(sought);
    await this.page.mouse.click(x, y);
  }

  /** Presses where the visitor's screen has this point, whatever the page has there. */
  async pressAt(
    screen: { readonly width: number; readonly height: number } | null,
    point: { readonly x: number; readonly y: number },
  ): Promise<void> {
    const box = await this.replay.frameElement.boundingBox();
    if (box === null || screen === null) throw new Error('The page is not shown.');
    await this.page.mouse.click(
      box.x + (point.x * box.width) / screen.width,
      box.y + (point.y * box.height) / screen.height,
    );
  }

  async typeInPage(sought: Sought, text: string): Promise<void> {
    await this.clickInPage(sought);
    const box = this.page.getByRole('form', { name: t('typeBox.title') });
    await box.locator('input').fill(text);
    await box.getByRole('button', { name: t('typeBox.send') }).click();
    await expect(box).toBeHidden();
  }

  /** It is offered for every field, whether or not the visitor's page will take anything. */
  async closeTypeBox(): Promise<void> {
    const box = this.page.getByRole('form', { name: t('typeBox.title') });
    await box.getByRole('button', { name: t('act.close') }).click();
    await expect(box).toBeHidden();
  }

  /** Turns the wheel over the middle of the shown page. */
  async scrollPage(by: number): Promise<void> {
    const box = await this.overlay.boundingBox();
    if (box === null) throw new Error('The page is not shown.');
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.page.mouse.wheel(0, by);
  }

  async end(): Promise<void> {
    await this.button(t('engagement.end')).click();
    await this.page
      .getByRole('dialog', { name: t('end.title') })
      .getByRole('button', { name: t('end.submit') })
      .click();
  }

  async finish(): Promise<void> {
    await this.button(t('wrapUp.finish')).click();
    await expect(this.page.getByRole('heading', { level: 1, name: t('queue.title') })).toBeVisible();
  }

  async openRecords(): Promise<void> {
    const navigation = this.page.getByRole('navigation', { name: t('shell.navigation') });
    await navigation.getByRole('link', { name: t('records.title') }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: t('records.title') })).toBeVisible();
  }

  async openRecord(engagementId: string): Promise<void> {
    await this.page.goto(`${this.#consoleOrigin}/records/${engagementId}`);
  }
}
