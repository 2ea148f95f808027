/** Asked before anything of a visitor is taken, where children come to a site or may not: whether they are of age. */

import type { PanelController } from '../panel-controller.js';
import type { Question } from './shown-question.js';

/** Whoever goes away has said nothing, and is asked again when they come back. */
export function ageQuestion(panel: PanelController): Question | undefined {
  const { first, speech, site, together } = panel;
  const asked = site.config.value.ageAsked;
  const isDue = panel.open.value && panel.session.value === undefined && first.ofAge.value === undefined;
  if (asked === undefined || !isDue) return undefined;
  const { audience } = asked;
  const { tooYoung } = together.get();
  const age = { age: asked.age };
  const away = (): void => panel.minimise();
  const close = { label: speech.say('panel.minimiseIdle'), give: async () => away() as undefined };
  const asking = { icon: 'hand', heading: speech.say('age.heading', age), away } as const;
  if (tooYoung.value) {
    return { ...asking, id: 'age closed', texts: [speech.say('age.closed')], no: close, yes: [] };
  }
  const answer = async (ofAge: boolean): Promise<undefined> => {
    if (!ofAge && audience === 'noChildren') tooYoung.value = true;
    else first.ofAge.value = ofAge;
  };
  const told = speech.say(audience === 'noChildren' ? 'age.noChildren' : 'age.child', age);
  return {
    ...asking,
    id: 'age',
    texts: [told, speech.say('age.kept')],
    no: { label: speech.say('age.no', age), give: () => answer(false) },
    yes: [{ label: speech.say('age.yes', age), give: () => answer(true) }],
  };
}
