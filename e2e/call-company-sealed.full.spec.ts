/** Three browsers in a call that is sealed from end to end: who hears whom is the same as in one that is not. */

import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { calling, eva, expectEach, who } from './journey/call-company.js';

test.describe.configure({ timeout: 240_000 });
test.use({ serviceName: 'sealed company' });

test('a supervisor listens to a sealed call, whispers and speaks', async ({ people, service, signIns }) => {
  const scene = await calling({ people, service, signIns, rules: { mediaSealed: true } });
  const { supervisor, visitor, name } = scene;
  await supervisor.button(t('attend.listenNamed', { name, who })).click();
  await expect(visitor.text(`${eva}, supervisor, is listening.`)).toBeVisible({ timeout: 20_000 });
  await expectEach(scene, { visitor: ['lead'], lead: ['visitor'], third: ['visitor', 'lead'] });
  await supervisor.button(t('attend.whisper', { name })).click();
  await expectEach(scene, { visitor: ['lead'], lead: ['visitor', 'third'], third: ['visitor', 'lead'] });
  await supervisor.button(t('attend.speak')).click();
  await expectEach(scene, {
    visitor: ['lead', 'third'],
    lead: ['visitor', 'third'],
    third: ['visitor', 'lead'],
  });
  await visitor.end();
});
