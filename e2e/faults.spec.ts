/** What breaks while they talk, look and speak: everything comes back by itself, and nothing acknowledged is lost. */

import type { AgentPage } from './agent/agent-page.js';
import { t } from './agent/console-words.js';
import type { People } from './fixtures.js';
import { test as base, expect } from './fixtures.js';
import { expectDecoded, expectSound } from './journey/call-steps.js';
import type { SignIn } from './service/customer-api.js';
import { MediaWorkerStatusFile } from './service/media-worker-status-file.js';
import { Service } from './service/service.js';
import { embeddedOwnerUrl, readAllRows } from './service/stored-data.js';
import { until } from './service/until.js';
import type { VisitorPage } from './visitor/visitor-page.js';

interface Faulty {
  /** What the start tells the service of its media worker. */
  mediaWorkerStatus: MediaWorkerStatusFile;
}

/** This service is started while its media worker is still in the making, as from an empty machine. */
const test = base.extend<object, Faulty>({
  mediaWorkerStatus: [
    async ({ mediaWorkerBin }, use) => {
      const file = await MediaWorkerStatusFile.create(mediaWorkerBin);
      await use(file);
      await file.remove();
    },
    { scope: 'worker' },
  ],
  service: [
    async ({ serviceEnv, demo, mediaWorkerStatus }, use) => {
      const env = { ...serviceEnv, MEDIA_WORKER_STATUS_FILE: mediaWorkerStatus.path };
      const service = await Service.start({ env, mediaWorkerBin: undefined, demo });
      await use(service);
      await service.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});
test.use({ serviceName: 'that faults are done to' });
test.describe.configure({ timeout: 120_000 });

test('while calls are being set up both sides are told, and calls switch on by themselves', async ({
  people,
  service,
  signIns,
  mediaWorkerStatus,
}) => {
  const { visitor, agent } = await talk({
    people,
    service,
    agent: signIns.agents[0],
    name: 'Mira Early',
  });
  const made = agent.page.getByRole('progressbar', { name: t('status.callsProgress') });
  await expect(agent.page.getByText(t('status.callsBuildingCount', { done: 3, total: 9 }))).toBeVisible();
  await expect(made).toHaveAttribute('value', '3');
  await expect(agent.button(t('call.askVoice'))).toBeDisabled();
  await expect(visitor.text('Calls will be possible in a moment.')).toBeVisible();
  await mediaWorkerStatus.building(8, 9);
  await expect(made).toHaveAttribute('value', '8');
  await mediaWorkerStatus.ready();
  await expect(made).toBeHidden({ timeout: 15_000 });
  await expect(agent.button(t('call.askVoice'))).toBeEnabled();
  await expect(visitor.button('Start a voice call')).toBeVisible();
  await visitor.end();
});

test('live killed during chat, view and call: both pages recover, and no line is lost or doubled', async ({
  people,
  service,
  signIns,
  mediaWorkerStatus,
}) => {
  await mediaWorkerStatus.ready();
  const { visitor, agent } = await talkLookAndSpeak({
    people,
    service,
    agent: signIns.agents[0],
    name: 'Mira One',
  });
  const lines: string[] = [];
  const sayBoth = async (what: string): Promise<void> => {
    await visitor.say(`${what} from the visitor`);
    await agent.say(`${what} from the agent`);
    lines.push(`${what} from the visitor`, `${what} from the agent`);
  };
  await sayBoth('Before');
  for (const line of lines) await expect(visitor.line(line).and(numbered(visitor))).toHaveCount(1);
  const live = await service.process('live-main');
  process.kill(live.pid, 'SIGKILL');
  await sayBoth('While it is gone');
  await expect(visitor.state.or(visitor.text('Not sent yet')).first()).toBeVisible({ timeout: 15_000 });
  await until('another live', async () => {
    const again = (await service.processes()).find(({ command }) => command.includes('live-main'));
    return again !== undefined && again.pid !== live.pid;
  });
  await sayBoth('Afterwards');
  for (const line of lines) {
    await expect(visitor.line(line).and(numbered(visitor))).toHaveCount(1, { timeout: 30_000 });
    await expect(agent.line(line)).toHaveCount(1, { timeout: 30_000 });
  }
  const numbers = await visitor.numbers();
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  const rows = await readAllRows(await embeddedOwnerUrl(service.dataDir));
  for (const line of lines) expect(rows.filter((row) => row.includes(line))).toHaveLength(1);
  // Both were back within the minute, and the consent was committed: the view goes on without asking.
  await agent.expectPlayer('live');
  await visitor.page.getByLabel('Quantity').fill('5');
  await expect.poll(() => agent.replay.value('input[type="number"]'), { timeout: 20_000 }).toBe('5');
  await expect(visitor.question(/asks to see this page$/)).toBeHidden();
  // A call is never restored by a server: both are told that it is over, and it begins anew, with the visitor's yes.
  await expect(visitor.call, 'the visitor is told that the call is over').toBeHidden();
  await expect(visitor.button('Start a voice call')).toBeVisible();
  await expect(agent.callState, 'the agent is told that the call is over').toBeHidden();
  for (const { voice } of [visitor, agent]) await expect(voice).toHaveCount(0);
  await agent.button(t('call.askVoice')).click();
  await visitor.answer(/asks to talk to you$/, 'Yes, talk');
  await expectSound(agent.voice, 'the agent hears the visitor again');
});

test('the media worker killed: the call comes back, and the rest does not notice', async ({
  people,
  service,
  signIns,
  mediaWorkerStatus,
}) => {
  await mediaWorkerStatus.ready();
  const { visitor, agent } = await talkLookAndSpeak({
    people,
    service,
    agent: signIns.agents[1],
    name: 'Mira Two',
  });
  await visitor.button('Camera on').click();
  await expectDecoded(agent.visitorPicture, 'the agent sees the visitor');
  const sockets: string[] = [];
  visitor.page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname));
  const worker = await service.process('mediasoup-worker');
  process.kill(worker.pid, 'SIGKILL');
  await expect(visitor.call).not.toHaveAttribute('data-phase', 'on');
  const line = 'Said while the call is away';
  await visitor.say(line);
  await expect(agent.line(line)).toBeVisible();
  await agent.expectPlayer('live');
  await expect(visitor.call).toHaveAttribute('data-phase', 'on', { timeout: 20_000 });
  await expectSound(agent.voice, 'the agent hears the visitor again');
  await expectSound(visitor.voice, 'the visitor hears the agent again');
  await expectDecoded(agent.visitorPicture, 'the agent sees the visitor again');
  expect(sockets, 'chat and view kept their connections').toEqual([]);
});

interface Talk {
  readonly people: People;
  readonly service: Service;
  readonly agent: SignIn | undefined;
  readonly name: string;
}

interface Both {
  readonly visitor: VisitorPage;
  readonly agent: AgentPage;
}

async function talk({ people, service, agent: signIn, name }: Talk): Promise<Both> {
  if (signIn === undefined) throw new Error('There is an agent.');
  const agent = await people.agent(signIn);
  await agent.becomeAvailable();
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  await visitor.openPanel();
  await visitor.start({ message: 'Hello', name });
  await agent.accept(name);
  return { visitor, agent };
}

/** Everything at once: a conversation, a view, and a call that is heard. */
async function talkLookAndSpeak(who: Talk): Promise<Both> {
  const { visitor, agent } = await talk(who);
  await agent.askToSee();
  await visitor.agreeToShow();
  await agent.expectPlayer('live');
  await agent.button(t('call.askVoice')).click();
  await visitor.answer(/asks to talk to you$/, 'Yes, talk');
  await expectSound(agent.voice, 'the agent hears the visitor');
  return { visitor, agent };
}

/** A line that has its number is committed. */
function numbered(visitor: VisitorPage) {
  return visitor.host.locator('li[data-number]');
}
