/** Whether visitors are of age is asked once, before anything of them is taken, and going away is no answer. */

import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import { en } from '../messages/en.js';
import { Speech } from '../messages/speech.js';
import type { PanelController } from '../panel-controller.js';
import { ageQuestion } from './age-question.js';

function panelOf(audience: 'mayBeChildren' | 'noChildren' | undefined) {
  const ageAsked = audience === undefined ? undefined : { age: 14, audience };
  const tooYoung = signal(false);
  const panel = {
    first: { ofAge: signal<boolean | undefined>(undefined) },
    speech: new Speech('en', en, ['en']),
    site: { config: signal({ ageAsked }) },
    open: signal(true),
    session: signal<object | undefined>(undefined),
    together: { get: () => ({ tooYoung }) },
    minimise: () => {
      panel.open.value = false;
    },
  };
  return { panel, question: () => ageQuestion(panel as unknown as PanelController) };
}

it('is asked of nobody where no age is asked for, where the panel is closed, or once it has begun', () => {
  expect(panelOf(undefined).question()).toBeUndefined();
  const { panel, question } = panelOf('mayBeChildren');
  expect(question()?.heading).toBe('Are you 14 or older?');
  panel.session.value = {};
  expect(question()).toBeUndefined();
  panel.session.value = undefined;
  panel.open.value = false;
  expect(question()).toBeUndefined();
});

it.each([
  ['mayBeChildren', true, true],
  ['mayBeChildren', false, false],
  ['noChildren', true, true],
] as const)(
  'where %s, an answer of %s is kept as %s, and it is not asked again',
  async (audience, yes, kept) => {
    const { panel, question } = panelOf(audience);
    const asked = question();
    await (yes ? asked?.yes[0] : asked?.no)?.give();
    expect([panel.first.ofAge.value, question()]).toEqual([kept, undefined]);
  },
);

it('closes to who is younger than may begin, and keeps nothing of it', async () => {
  const { panel, question } = panelOf('noChildren');
  await question()?.no.give();
  expect(panel.first.ofAge.value).toBeUndefined();
  const closed = question();
  expect([closed?.texts[0], closed?.yes]).toEqual([en['age.closed'], []]);
  await closed?.no.give();
  expect(panel.open.value).toBe(false);
});

it('takes going away for no answer', () => {
  const { panel, question } = panelOf('mayBeChildren');
  question()?.away?.();
  expect([panel.open.value, panel.first.ofAge.value]).toEqual([false, undefined]);
});
