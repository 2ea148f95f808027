/** Three browsers in a call, told apart by their tones: who hears whom when somebody listens, whispers, speaks and leads. */

import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { calling, eva, expectEach, voicesOf, who } from './journey/call-company.js';
import { expectHeard } from './journey/call-tones.js';

test.describe.configure({ timeout: 240_000 });

test('a supervisor listens, whispers, joins and takes over, and the visitor is shown each', async ({
  people,
  service,
  signIns,
}, info) => {
  const scene = await calling({ people, service, signIns });
  const { api, lead, supervisor, visitor, name } = scene;
  const look = async (step: string): Promise<void> => {
    await visitor.page.screenshot({ path: info.outputPath(`${step}-visitor.png`) });
    await supervisor.page.screenshot({ path: info.outputPath(`${step}-supervisor.png`) });
    await lead.page.screenshot({ path: info.outputPath(`${step}-lead.png`) });
  };

  await supervisor.page.screenshot({ path: info.outputPath('before-supervisor.png') });
  await supervisor.button(t('attend.listenNamed', { name, who })).click();
  await expect(visitor.text(`${eva}, supervisor, is listening.`)).toBeVisible({ timeout: 20_000 });
  await expectEach(scene, { visitor: ['lead'], lead: ['visitor'], third: ['visitor', 'lead'] });
  await look('listening');
  // Shown where the window is closed as well, with a way to end it.
  await visitor.page.keyboard.press('Escape');
  await expect(visitor.window).toBeHidden();
  await expect(visitor.text(`${eva}, supervisor, is listening.`)).toBeVisible();
  await expect(visitor.button('Hang up')).toBeVisible();
  await visitor.page.screenshot({ path: info.outputPath('closed-visitor.png') });
  await visitor.openPanel();

  await supervisor.button(t('attend.whisper', { name })).click();
  await expect(visitor.text(`${eva}, supervisor, is listening and speaks to the team alone`)).toBeVisible();
  await expectEach(scene, { visitor: ['lead'], lead: ['visitor', 'third'], third: ['visitor', 'lead'] });
  await look('whispering');

  await supervisor.button(t('attend.speak')).click();
  await expect(visitor.text(`${eva}, supervisor, is in this call as well.`)).toBeVisible();
  await expectEach(scene, {
    visitor: ['lead', 'third'],
    lead: ['visitor', 'third'],
    third: ['visitor', 'lead'],
  });
  await expect(visitor.host.locator('.speaks')).toContainText(`${eva} speaks`);
  await expect(lead.page.locator('.health-speaks')).toContainText(t('call.speaks', { name: eva }));
  await look('speaking');

  // A page that is loaded anew may be let sound by a press alone: one press, of whoever speaks.
  await visitor.page.addInitScript(holdSoundBack);
  await visitor.page.reload();
  await visitor.openPanelIfClosed();
  await expect(visitor.text('Your browser holds the sound back.')).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => visitor.voice.evaluateAll(paused)).toEqual([true, true]);
  await visitor.button('Turn sound on').click();
  await expect.poll(() => visitor.voice.evaluateAll(paused)).toEqual([false, false]);
  await expect(visitor.text('Your browser holds the sound back.')).toBeHidden();

  await supervisor.button(t('agents.takeLead')).click();
  const dialog = supervisor.page.getByRole('dialog', { name: t('agents.takeLeadTitle') });
  await dialog.getByRole('button', { name: t('agents.takeLead') }).click();
  await expect(visitor.text(`${name} is in this call as well.`)).toBeVisible();
  await expect(visitor.call).toHaveAttribute('data-phase', 'on');
  await expectEach(scene, {
    visitor: ['lead', 'third'],
    lead: ['visitor', 'third'],
    third: ['visitor', 'lead'],
  });
  await lead.button(t('attend.leave')).click();
  await expectHeard(visitor.voice, ['third'], 'the visitor hears');
  await expectHeard(voicesOf(supervisor), ['visitor'], 'the new lead hears');
  await look('handed-over');

  await visitor.button('Hang up').click();
  await expect(visitor.call).toBeHidden();
  await expect(supervisor.button(t('call.askVoice'))).toBeVisible();
  const record = await api.ask<{ readonly metadata: readonly Fact[] }>(
    'GET',
    `/api/engagements/${supervisor.engagementId}`,
  );
  const presences = record.metadata.filter(({ kind }) => kind === 'callPresence');
  expect(presences.map(({ fields }) => fields.mode)).toEqual(['listen', 'whisper', 'speak', 'speak']);
  for (const { fields } of presences) {
    expect(fields.noticedAt).toEqual(expect.any(Number));
    expect(fields.leftAt).toEqual(expect.any(Number));
  }
  await visitor.end();
});

interface Fact {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** As browsers do that this one is none of: nothing sounds by itself, and what was refused does by a press. */
function holdSoundBack(): void {
  const { play } = HTMLMediaElement.prototype;
  const refused = new WeakSet<HTMLMediaElement>();
  HTMLMediaElement.prototype.play = function () {
    const isPressed = refused.has(this) && navigator.userActivation.isActive;
    if (this.muted || isPressed) return play.call(this);
    refused.add(this);
    this.autoplay = false;
    return Promise.reject(new DOMException('No press yet.', 'NotAllowedError'));
  };
}

function paused(elements: readonly Element[]): boolean[] {
  return elements.map((element) => (element as HTMLAudioElement).paused);
}
