/** Browsers without WebRTC: each side is told so, nobody is left waiting for them, and all else works. */

import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { meet } from './journey/meet.js';
import { firstAgent } from './service/demo-sign-ins.js';

test.use({ serviceName: 'without WebRTC' });

const line = 'We can still write';

test('a visitor is told, can say no, and goes on writing', async ({ people, service, signIns }) => {
  const agent = await people.agent(firstAgent(signIns));
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  await visitor.page.addInitScript(withoutCalls);
  await visitor.page.reload();
  await meet({ agent, visitor }, { name: 'Nora' });
  await expect(visitor.text('This browser or this page cannot hold calls.')).toBeVisible();
  await expect(visitor.button('Start a voice call')).toHaveCount(0);
  await agent.button(t('call.askVoice')).click();
  const question = visitor.question(/asks to talk to you$/);
  await expect(question.getByText('This browser or this page cannot hold calls.')).toBeVisible();
  await expect(question.getByRole('button')).toHaveText(['No']);
  await question.getByRole('button').click();
  await expect(agent.button(t('call.askVoice')), 'the agent is not left waiting').toBeVisible();
  await visitor.say(line);
  await expect(agent.line(line)).toBeVisible();
});

test('an agent is told, and refuses what a visitor asks for', async ({ people, service, signIns }) => {
  const agent = await people.agent(firstAgent(signIns));
  await agent.page.addInitScript(withoutCalls);
  await agent.page.reload();
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  await meet({ agent, visitor }, { name: 'Noel' });
  await expect(agent.page.getByText(t('failure.callNotSupported'))).toBeVisible();
  await expect(agent.button(t('call.askVoice'))).toHaveCount(0);
  await visitor.button('Start a voice call').click();
  await visitor.button('Call now').click();
  await expect(agent.page.getByText(t('call.visitorAsksVoice'))).toBeVisible();
  await expect(agent.button(t('call.acceptVoice'))).toHaveCount(0);
  await agent.button(t('call.refuse')).click();
  await expect(visitor.button('Start a voice call'), 'the visitor is not left waiting').toBeVisible();
  await visitor.say(line);
  await expect(agent.line(line)).toBeVisible();
});

test('an expert is told before anything is spent', async ({ people, service }) => {
  const context = await people.context();
  await context.addInitScript(withoutCalls);
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${service.origins.console}/expert#${'A'.repeat(43)}`);
  await expect(page.getByRole('heading', { name: t('expert.over.unsupported') })).toBeVisible();
  expect(asked.filter((path) => path.startsWith('/api/experts'))).toEqual([]);
});

function withoutCalls(): void {
  Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
}
