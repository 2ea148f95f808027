/** What happens while the page is seen: it changes, and the agent acts and draws on it. */

import { expect } from '../../agent/patient-expect.js';
import { until } from '../../service/until.js';
import type { Channel } from './channel.js';
import type { Scene } from './scene.js';

/** Goes on in the page by itself; resolves when the time is over. */
export function change({ participants, pace }: Scene, lastsMs = pace.changeMs): Promise<void> {
  return participants.visitorPage.evaluate(changeTicks, {
    lastsMs,
    everyMs: 1_000 / pace.changesPerSecond,
  });
}

export async function changeLate(scene: Scene): Promise<void> {
  const { participants, canaries } = scene;
  const page = participants.visitorPage;
  await showLate(scene, 'late text');
  await page.evaluate((token) => {
    const late = document.createElement('p');
    late.setAttribute('data-alongside', 'allow');
    late.title = token;
    document.getElementById('late')?.append(late);
  }, canaries.token('late attribute'));
  await page.locator('#typed-shown').fill(canaries.token('typed into an allowed field'));
  await page.locator('#typed-masked').fill(canaries.token('typed into a masked field'));
  await page.locator('#typed-secret').fill(canaries.token('typed into a password field'));
  await expectArrived(scene, ['late text', 'late attribute', 'typed into an allowed field']);
}

/** The agent gets a lease, presses a button of the page and types into a field of it. */
export async function control(scene: Scene): Promise<void> {
  const { participants, canaries } = scene;
  const { visitor, agent, visitorPage } = participants;
  await agent.askForControl(['click', 'type']);
  await visitor.answer(/asks to help with their own hands$/, /^Yes, for 1 minute$/);
  await expect(agent.lease).toBeVisible();
  await agent.takeTool('control');
  await agent.clickInPage({ selector: '#act' });
  await expect(visitorPage.locator('#pressed')).toHaveText('pressed');
  const typed = canaries.token('typed by the agent');
  await agent.typeInPage({ selector: '#for-agent' }, typed);
  await expect(visitorPage.locator('#for-agent')).toHaveValue(typed);
  scene.arrivals.note('typed by the agent');
}

/** Each character of the token is one place of the line. */
export async function annotate(scene: Scene): Promise<void> {
  const { participants, canaries, arrivals } = scene;
  const { visitor, agent } = participants;
  await agent.takeTool('draw');
  const from = await agent.replay.placeOf({ selector: '#pressed' });
  const { mouse } = agent.page;
  await mouse.move(from.x, from.y);
  await mouse.down();
  for (const [index, character] of [...canaries.token('drawn by the agent')].entries()) {
    await mouse.move(from.x + index * 4, from.y + (character.charCodeAt(0) % 40));
  }
  await until("the agent's line on the visitor's page", async () => (await visitor.drawnPixels()) > 20);
  await mouse.up();
  arrivals.note('drawn by the agent');
}

/** Puts a text into the page while somebody looks. */
export async function showLate({ participants, canaries }: Scene, channel: Channel['name']): Promise<void> {
  await participants.visitorPage.locator('#late').evaluate((element, token) => {
    element.prepend(Object.assign(document.createElement('p'), { textContent: token }));
  }, canaries.token(channel));
}

export async function expectArrived(scene: Scene, names: readonly string[]): Promise<void> {
  const { arrivals, participants } = scene;
  const arrived = async () => {
    await arrivals.read(participants.agent);
    return names.every((name) => arrivals.has(name));
  };
  await until(`at the agent: ${names.join(', ')}`, arrived, 30_000);
}

/** Runs in the browser and stands for itself. */

function changeTicks(pace: { readonly lastsMs: number; readonly everyMs: number }): Promise<void> {
  return new Promise((resolve) => {
    const ticks = document.getElementById('ticks');
    const startedAt = performance.now();
    let tick = 0;
    const timer = setInterval(() => {
      const due = Math.floor((performance.now() - startedAt) / pace.everyMs);
      // Each change is a batch of its own, also where a busy page's timer comes late.
      if (tick < due && ticks !== null) {
        tick += 1;
        ticks.textContent = `${tick} ${Math.random().toString(36)}`;
      }
      if (performance.now() - startedAt < pace.lastsMs) return;
      clearInterval(timer);
      resolve();
    }, pace.everyMs / 2);
  });
}
