/** The officer's catalogue: what is written there can be offered, is read as it was written, and can be taken out. */

import { AgentPage } from './agent/agent-page.js';
import { t } from './agent/console-words.js';
import { expect, test } from './fixtures.js';
import { meet } from './journey/meet.js';
import { firstAgent } from './service/demo-sign-ins.js';

test('an officer writes a document, changes it and takes it out of the catalogue', async ({
  people,
  service,
  signIns,
}) => {
  const { console } = service.origins;
  const desk = await people.context({ viewport: { width: 1440, height: 900 } });
  const officer = new AgentPage(await desk.newPage(), { console, person: signIns.officer });
  await officer.signIn();
  const { page } = officer;
  await page.goto(`${console}/admin/documents`);
  await expect(page.getByText(t('documents.none'))).toBeVisible();

  await officer.button(t('documents.add')).click();
  const dialog = page.getByRole('dialog', { name: t('documents.add') });
  const save = dialog.getByRole('button', { name: t('act.save') });
  await expect(save, 'an empty document is none').toBeDisabled();
  await dialog.getByLabel(t('documents.title')).fill('How to return');
  await dialog.getByLabel(t('documents.text')).fill('Send it back.\n<b>Soon.</b>');
  await save.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('rowheader', { name: 'How to return' })).toBeVisible();

  await officer.button(t('documents.editOf', { title: 'How to return' })).click();
  const edit = page.getByRole('dialog', { name: t('documents.edit') });
  await expect(edit.getByLabel(t('documents.text'))).toHaveValue('Send it back.\n<b>Soon.</b>');
  await edit.getByLabel(t('documents.title')).fill('Returning things');
  await edit.getByRole('button', { name: t('act.save') }).click();
  await expect(page.getByRole('rowheader', { name: 'Returning things' })).toBeVisible();

  const signIn = firstAgent(signIns);
  const agent = await people.agent(signIn);
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  await meet({ agent, visitor }, { message: 'How?', name: 'Reader' });
  await agent.offer('document', 'Returning things');
  // It leaves the catalogue after it was offered: whoever was offered it is told so, and shown nothing else.
  await officer.button(t('documents.removeOf', { title: 'Returning things' })).click();
  await expect(page.getByText(t('documents.none'))).toBeVisible();
  await visitor
    .offered(/offers a document$/)
    .getByRole('button', { name: 'Read' })
    .click();
  await expect(visitor.text('The document cannot be fetched right now.')).toBeVisible();
  await visitor.button('Close').click();
  await expect(visitor.text('The document cannot be fetched right now.')).toBeHidden();
});
