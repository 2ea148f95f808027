/** The service is away while media go on: what is pressed meanwhile holds when it is back. */

import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { expectDecoded, expectSound } from './journey/call-steps.js';
import { helped, meet } from './journey/meet.js';
import { CustomerApi } from './service/customer-api.js';
import { firstAgent } from './service/demo-sign-ins.js';

test.describe.configure({ timeout: 180_000 });
test.use({ serviceName: 'signals lost' });

interface Fact {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

test('a microphone, a camera and a window that are switched meanwhile are so for everybody afterwards', async ({
  people,
  service,
  signIns,
}) => {
  const agent = await people.agent(firstAgent(signIns));
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  const { page } = visitor;
  const away = async (act: () => Promise<void>): Promise<void> => {
    await page.context().setOffline(true);
    await visitor.openPanelIfClosed();
    await expect(visitor.state).toContainText('No connection');
    await act();
    await page.context().setOffline(false);
    await expect(visitor.state).toBeHidden({ timeout: 30_000 });
  };
  await meet({ agent, visitor }, { name: 'Mira who presses' });
  await agent.button(t('call.askVideo')).click();
  await visitor.answer(/asks for a video call$/, 'Yes, with my picture');
  await expectDecoded(agent.visitorPicture, 'the agent sees the visitor');
  await expectDecoded(visitor.agentPicture, 'the visitor sees the agent');

  await visitor.button('Mute').click();
  await expect(agent.callState).toContainText(t('call.visitorMuted'));
  await visitor.button(/^Close panel/).click();
  await away(() => visitor.button('Unmute').click());
  await expect(agent.callState).not.toContainText(t('call.visitorMuted'));
  await expectSound(agent.voice, 'the agent hears the visitor');
  await expectDecoded(
    visitor.agentPicture,
    'the visitor sees the agent in the window that was opened meanwhile',
  );

  await away(async () => {
    await visitor.button('Camera off').click();
    await visitor.button('Mute').click();
  });
  await expect(agent.callState).toContainText(t('call.visitorMuted'));
  await expect(agent.visitorPicture).toBeHidden();
  const officer = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const acts = async () => {
    const { metadata } = await officer.ask<{ readonly metadata: readonly Fact[] }>(
      'GET',
      `/api/engagements/${agent.engagementId}`,
    );
    const ofVideo = metadata.filter(({ kind, fields }) => kind === 'consent' && fields.scope === 'video');
    return ofVideo.map(({ fields }) => fields.act);
  };
  await expect.poll(acts).toEqual(['granted', 'withdrawn']);

  await away(() => visitor.button('Camera on').click());
  await expect(
    visitor.host.getByRole('alert').filter({ hasText: 'your yes could not be recorded' }),
  ).toBeVisible();
  await visitor.button('Try again').click();
  await expectDecoded(agent.visitorPicture, 'the agent sees the visitor again');
  await visitor.end();
});

test('an agent’s own presses hold as well', async ({ people, service, signIns }) => {
  const { agent, visitor } = await helped({ people, service, signIns }, 'Mira who hears');
  await agent.button(t('call.askVideo')).click();
  await visitor.answer(/asks for a video call$/, 'Yes, voice only');
  await expectDecoded(visitor.agentPicture, 'the visitor sees the agent');
  await agent.button(t('call.microphone.off')).click();
  await expect(visitor.call).toContainText(/ is muted/);
  await agent.page.context().setOffline(true);
  await expect(agent.page.getByText(t('status.offline'))).toBeVisible({ timeout: 30_000 });
  await agent.button(t('call.microphone.on')).click();
  await agent.button(t('call.camera.off')).click();
  await agent.page.context().setOffline(false);
  await expect(visitor.call).not.toContainText(/ is muted/, { timeout: 30_000 });
  await expectSound(visitor.voice, 'the visitor hears the agent');
  await expect(visitor.agentPicture).toBeHidden();

  await agent.page.context().setOffline(true);
  await expect(agent.page.getByText(t('status.offline'))).toBeVisible({ timeout: 30_000 });
  await agent.button(t('call.hangUp')).click();
  await expect(agent.callState).toContainText(t('call.link.hungUp'));
  await expect(agent.voice).toHaveCount(0);
  await agent.page.context().setOffline(false);
  await expect(visitor.call).toBeHidden({ timeout: 30_000 });
  await visitor.end();
});
