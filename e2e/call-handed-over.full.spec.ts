/** A call is handed to a colleague who is not in it: they may decline, who asked may take it back, or they come and lead. */

import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { calling, eva, voicesOf, who } from './journey/call-company.js';
import { expectHeard } from './journey/call-tones.js';

test.describe.configure({ timeout: 240_000 });

test('a hand-over is declined, taken back and accepted, and the call goes on', async ({
  people,
  service,
  signIns,
}, info) => {
  const { lead, supervisor, visitor, name } = await calling({ people, service, signIns });
  await supervisor.button(t('agents.superviseNamed', { name, who })).click();
  const asked = supervisor.page.getByTestId('call-heir');
  const asks = lead.page.getByTestId('call-heir');
  const handOver = async (): Promise<void> => {
    await lead.button(t('agents.handOver')).click();
    const dialog = lead.page.getByRole('dialog', { name: t('agents.handOverTitle') });
    await dialog.getByRole('button', { name: t('agents.handOver') }).click();
    await expect(asked).toHaveText(t('attend.heirYou'));
    await expect(asks).toHaveText(t('attend.heir', { name: eva }));
  };

  await handOver();
  await lead.page.screenshot({ path: info.outputPath('asks-lead.png') });
  await supervisor.page.screenshot({ path: info.outputPath('asked-supervisor.png') });
  await supervisor.button(t('attend.decline')).click();
  await expect(
    lead.page.locator('.call-attendance').getByText(t('change.lead:declined', { name })),
  ).toBeVisible();
  await expect(asks).toBeHidden();
  await expect(asked).toBeHidden();

  await handOver();
  await lead.button(t('attend.takeBack')).click();
  await expect(asks).toBeHidden();
  await expect(asked).toBeHidden();
  await expect(supervisor.button(t('attend.decline'))).toBeHidden();
  await expect(visitor.call).toHaveAttribute('data-phase', 'on');
  await expectHeard(visitor.voice, ['lead'], 'the visitor hears');

  await handOver();
  await supervisor.button(t('attend.speak')).click();
  await expect(visitor.text(`${name} is in this call as well.`)).toBeVisible({ timeout: 20_000 });
  await expectHeard(visitor.voice, ['lead', 'third'], 'the visitor hears');
  await expectHeard(voicesOf(supervisor), ['visitor', 'lead'], 'the new lead hears');
  await expect(asked).toBeHidden();
  await visitor.end();
});
