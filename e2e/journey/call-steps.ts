/** Step 7: they talk, then see each other; every part of it can be switched off, and trouble never ends the chat. */

import type { Locator } from '@playwright/test';
import { t } from '../agent/console-words.js';
import { expect, People, test } from '../fixtures.js';
import { talk } from './meet.js';
import type { Asides, Story } from './story.js';

export function tellOfCall(story: () => Story, asides: Asides = {}): void {
  test('step 7: voice goes both ways', async () => {
    const { visitor, agent } = story();
    await visitor.openPanelIfClosed();
    await talk({ agent, visitor });
    await expect(visitor.call).toHaveAttribute('data-phase', 'on', { timeout: 20_000 });
    await expect(agent.callState).toContainText(t('call.link.joined'));
    await expectSound(visitor.voice, 'the visitor hears the agent');
    await expectSound(agent.voice, 'the agent hears the visitor');
  });

  test('step 7: the visitor mutes and speaks again, and the agent is told', async () => {
    const { visitor, agent } = story();
    await visitor.button('Mute').click();
    await expect(agent.callState).toContainText(t('call.visitorMuted'));
    await visitor.button('Unmute').click();
    await expect(agent.callState).not.toContainText(t('call.visitorMuted'));
    await agent.button(t('call.microphone.off')).click();
    await expect(visitor.call).toContainText(/ is muted/);
    await agent.button(t('call.microphone.on')).click();
    await expect(visitor.call).not.toContainText(/ is muted/);
  });

  test('step 7: video goes both ways, decoded, and each camera can be switched off', async () => {
    const { visitor, agent } = story();
    await visitor.button('Camera on').click();
    await expectDecoded(agent.visitorPicture, 'the agent sees the visitor');
    await agent.button(t('call.camera.on')).click();
    await expectDecoded(visitor.agentPicture, 'the visitor sees the agent');
    await visitor.button('Camera off').click();
    await expect(agent.visitorPicture).toBeHidden();
    await agent.button(t('call.camera.off')).click();
    await expect(visitor.agentPicture).toBeHidden();
  });

  test('step 7: hanging up ends the call and nothing else', async () => {
    const { visitor, agent } = story();
    await visitor.button('Hang up').click();
    await expect(visitor.call).toBeHidden();
    await expect(agent.button(t('call.askVoice'))).toBeVisible();
    const line = story().chatText('That was a good talk');
    await visitor.say(line);
    await expect(agent.line(line)).toBeVisible();
    await agent.expectPlayer('live');
  });

  test(
    'step 7: a microphone that is missing or refused is explained, and the chat goes on',
    asides,
    async () => {
      const { visitor, agent } = story();
      const troubles = [
        ['NotFoundError', /^No microphone was found/],
        ['NotAllowedError', /^The browser does not allow the microphone/],
      ] as const;
      for (const [name, explained] of troubles) {
        await visitor.page.evaluate(breakMicrophone, name);
        await talk({ agent, visitor });
        await expect(visitor.host.getByRole('alert').filter({ hasText: explained })).toBeVisible({
          timeout: 15_000,
        });
        const line = story().chatText(`Without ${name}`);
        await visitor.say(line);
        await expect(agent.line(line)).toBeVisible();
        await agent.button(t('call.hangUp')).click();
        await expect(visitor.call).toBeHidden();
      }
      await visitor.page.evaluate(mendMicrophone);
    },
  );

  test(
    'step 7: a microphone that the browser itself denies is explained, and the chat goes on',
    asides,
    async ({ playwright, launchOptions }) => {
      const { service, colleague } = story();
      const args = (launchOptions.args ?? []).filter((flag) => flag !== '--use-fake-ui-for-media-stream');
      const browser = await playwright.chromium.launch({ ...launchOptions, args });
      const people = new People(browser, service);
      try {
        const visitor = await people.visitor(story().url('/'), { permissions: [] });
        expect(await visitor.page.evaluate(microphoneError)).toBe('NotAllowedError');
        await visitor.openPanel();
        await visitor.start({ message: 'Nobody hears me', name: 'Nils' });
        await colleague.openQueue();
        await colleague.accept('Nils');
        await talk({ agent: colleague, visitor });
        const explained = visitor.host
          .getByRole('alert')
          .filter({ hasText: /does not allow the microphone/ });
        await expect(explained).toBeVisible({ timeout: 20_000 });
        await expect(visitor.call).toHaveAttribute('data-phase', 'on');
        const line = 'But I can write';
        await visitor.say(line);
        await expect(colleague.line(line)).toBeVisible();
        await visitor.end();
        await colleague.finish();
      } finally {
        await people.leave();
        await browser.close();
      }
    },
  );
}

/** Runs in the page: what its own browser answers. */
async function microphoneError(): Promise<string> {
  try {
    await navigator.mediaDevices.getUserMedia({ audio: true });
    return '';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

/** Frames that the decoder has given out, and not only a picture's element that is there. */
export async function expectDecoded(video: Locator, what: string): Promise<void> {
  const frames = () =>
    video.evaluate((element) => (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);
  await expect(video).toBeVisible({ timeout: 20_000 });
  await expect.poll(frames, { message: what, timeout: 20_000 }).toBeGreaterThan(0);
  const before = await frames();
  await expect
    .poll(frames, { message: `${what}, and it moves`, timeout: 10_000 })
    .toBeGreaterThan(before + 5);
}

/** The fake microphone beeps: its sound has to come out of the decoder, and not only out of the network. */
export async function expectSound(audio: Locator, what: string): Promise<void> {
  await expect(audio).toBeAttached({ timeout: 20_000 });
  const loudest = () => audio.evaluate(listen);
  await expect.poll(loudest, { message: what, timeout: 20_000 }).toBeGreaterThan(0.01);
}

async function listen(element: HTMLElement | SVGElement): Promise<number> {
  const stream = (element as HTMLAudioElement).srcObject;
  if (!(stream instanceof MediaStream)) return 0;
  const context = new AudioContext();
  try {
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let loudest = 0;
    // The beep comes once a second.
    const until = performance.now() + 1_200;
    while (performance.now() < until) {
      await new Promise((resume) => requestAnimationFrame(resume));
      analyser.getFloatTimeDomainData(samples);
      loudest = Math.max(loudest, ...samples.map(Math.abs));
    }
    return loudest;
  } finally {
    await context.close();
  }
}

function breakMicrophone(name: string): void {
  Reflect.set(navigator.mediaDevices, 'getUserMedia', () => Promise.reject(new DOMException('No', name)));
}

function mendMicrophone(): void {
  Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
}
