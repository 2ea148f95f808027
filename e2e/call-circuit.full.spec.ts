/** A media worker that keeps dying: calls pause with a word to both sides, the rest goes on, and calls come back. */

import { t } from './agent/console-words.js';
import { test as base, expect } from './fixtures.js';
import { expectSound } from './journey/call-steps.js';
import { talk } from './journey/meet.js';
import { Service } from './service/service.js';
import { until } from './service/until.js';

const test = base.extend<object, object>({
  service: [
    async ({ serviceEnv, mediaWorkerBin, demo }, use) => {
      // One, whose deaths are those of all calls.
      const env = { ...serviceEnv, CALLS_WORKERS: '1' };
      const service = await Service.start({ env, mediaWorkerBin, demo });
      await use(service);
      await service.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});
test.use({ serviceName: 'whose media worker keeps dying' });

const DEATHS = 5;
/** The circuit closes after a minute, and both sides come back by themselves. */
const BACK_MS = 90_000;

test('five deaths in a minute pause calls instead of a storm, and a minute later the call is back', async ({
  people,
  service,
  signIns,
}) => {
  test.setTimeout(180_000);
  const [person] = signIns.agents;
  if (person === undefined) throw new Error('There is an agent.');
  const agent = await people.agent(person);
  await agent.becomeAvailable();
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  await visitor.openPanel();
  await visitor.start({ message: 'Hello', name: 'Mira Five' });
  await agent.accept('Mira Five');
  await talk({ agent, visitor });
  await expectSound(agent.voice, 'the agent hears the visitor');

  let last = 0;
  for (let death = 0; death < DEATHS; death += 1) {
    const worker = await until('another media worker', async () => {
      const found = await service.process('mediasoup-worker');
      return found.pid === last ? undefined : found;
    });
    last = worker.pid;
    process.kill(last, 'SIGKILL');
  }
  await expect(visitor.call).toContainText('Calls broke off several times');
  await expect(agent.page.getByText(t('status.callsPaused'))).toBeVisible();
  const workers = async () =>
    (await service.processes()).filter(({ command }) => command.includes('mediasoup-worker')).length;
  expect(await workers(), 'nobody is started while calls pause').toBe(0);
  const line = 'We can write meanwhile';
  await visitor.say(line);
  await expect(agent.line(line)).toBeVisible();

  await expect(visitor.call).toHaveAttribute('data-phase', 'on', { timeout: BACK_MS });
  await expect(agent.page.getByText(t('status.callsPaused'))).toBeHidden();
  await expectSound(agent.voice, 'the agent hears the visitor again');
  await expectSound(visitor.voice, 'the visitor hears the agent again');
});
