/** The panel offers in every state what the rule that the server asks lets pass, and nothing else. */

import { engagementView, may } from '@alongside/engagement';
import type { VisitorCommandName } from '@alongside/protocol';
import type { Locator } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { engagements } from '../packages/engagement/test/engagement-samples.js';
import { openShadowRoots } from './visitor/open-shadow-roots.js';
import { PanelService } from './visitor/panel-service.js';
import { VisitorPage } from './visitor/visitor-page.js';

let service: PanelService;

test.beforeEach(async () => {
  service = await PanelService.start();
});
test.afterEach(async () => {
  await service.close();
});

/** Each control by what is seen of it, and by the command that it sends. */
const controls: readonly (readonly [string, VisitorCommandName, (visitor: VisitorPage) => Locator])[] = [
  ['leave or end', 'engagement:end', ({ host }) => host.getByText(/^(Leave the queue|End)$/)],
  ['write', 'chat:send', ({ host }) => host.locator('form.composer')],
  ['show the page', 'view:grant', ({ host }) => host.getByText('Yes, show the page')],
  ['stop showing', 'view:stop', ({ host }) => host.getByLabel('Stop sharing this page')],
  ['lend control', 'control:grant', ({ host }) => host.getByText(/asks to help with their own hands$/)],
  ['take control back', 'control:end', ({ host }) => host.getByText('Take back')],
  ['ask for a call', 'call:start', ({ host }) => host.getByLabel('Start a voice call')],
  ['answer a call', 'call:answer', ({ host }) => host.getByText(/asks (to talk to you|for a video call)$/)],
  ['withdraw a call', 'call:cancel', ({ host }) => host.getByText('Cancel', { exact: true })],
  ['hang up', 'call:end', ({ host }) => host.getByText('Hang up')],
];
const running = Object.entries(engagements).filter(
  ([, { phase }]) => phase !== 'wrapUp' && phase !== 'closed',
);

test('what is offered follows the state', async ({ page }) => {
  await openShadowRoots(page.context());
  await page.goto(service.url());
  const visitor = new VisitorPage(page);
  await visitor.openPanel();
  await visitor.start({ message: 'What is APR?' });
  await expect(visitor.text('You are in the queue')).toBeVisible();
  for (const [name, engagement] of running) {
    const view = engagementView(engagement);
    const { phase, agent, agents, control, call } = view;
    service.change({ phase, agent, agents, view: view.view, control, call });
    for (const [control, command, seen] of controls) {
      const counted = expect.poll(() => seen(visitor).count(), { message: `${control}, ${name}` });
      if (may('visitor', command, view)) await counted.toBeGreaterThan(0);
      else await counted.toBe(0);
    }
  }
});
