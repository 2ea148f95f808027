/** An expert by link where calls are sealed from end to end, and where they go through a relay alone. */

import { t } from './agent/console-words.js';
import { expect } from './fixtures.js';
import { calling, voicesOf } from './journey/call-company.js';
import { expertPage, invite, letIn } from './journey/call-expert.js';
import { expectHeard } from './journey/call-tones.js';
import { expectRelayed, test } from './with-relay.js';

test.describe.configure({ timeout: 240_000 });

for (const [way, rules] of [
  ['sealed from end to end', { mediaSealed: true, relayOnly: false }],
  ['relayed', { mediaSealed: false, relayOnly: true }],
] as const)
  test(`an expert hears and is heard in a call that is ${way}`, async ({ people, service, signIns }) => {
    const { lead, visitor } = await calling({ people, service, signIns, rules: { experts: true, ...rules } });
    const expert = await expertPage(people);
    await expert.goto(await invite(lead));
    await letIn(expert, visitor);
    const voices = expert.locator('audio');
    const eachHears = async () => {
      await expectHeard(visitor.voice, ['lead', 'third'], 'the visitor hears');
      await expectHeard(voicesOf(lead), ['visitor', 'third'], 'the lead hears');
      await expectHeard(voices, ['visitor', 'lead'], 'the expert hears');
    };
    await eachHears();
    if (rules.relayOnly) for (const page of [expert, lead.page, visitor.page]) await expectRelayed(page);
    if (rules.mediaSealed) {
      const digits = /\d{3}\s\d{3}/;
      const ofExpert = digits.exec(await expert.locator('.call-seal').innerText())?.[0];
      expect(ofExpert, 'the expert is shown digits').toBeDefined();
      await expect(
        visitor.host.locator('.call-seal'),
        'the same that the visitor sees by their name',
      ).toContainText(`Dr. Lin: ${ofExpert}`);
    }
    await expert.getByRole('button', { name: t('attend.leave') }).click();
    await expect(expert.getByRole('heading', { name: t('expert.over.left') })).toBeVisible();
    // The others go on without them, under the next keys.
    await expectHeard(visitor.voice, ['lead'], 'the visitor hears');
    await expectHeard(voicesOf(lead), ['visitor'], 'the lead hears');
    await visitor.end();
  });
