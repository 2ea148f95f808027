/** A customer with one site and one agent, so that no other test’s agent is offered its visitors. */

import { randomBytes } from 'node:crypto';
import type { SiteEdit } from '@alongside/protocol';
import type { SignIn } from './customer-api.js';
import { CustomerApi } from './customer-api.js';
import { maskedSite, notice, survey } from './customer-words.js';

export async function openOwnSite(
  consoleOrigin: string,
  siteOrigins: readonly string[],
  masking: Partial<SiteEdit['masking']>,
): Promise<{ readonly person: SignIn; readonly siteKey: string }> {
  const mark = randomBytes(4).toString('hex');
  const person = (role: string): SignIn => ({
    email: `${role}.${mark}@own.example`,
    displayName: `Own ${role}`,
    password: `${mark}-long-enough-${role}`,
  });
  const name = `Own ${mark}`;
  const api = await CustomerApi.create(consoleOrigin, { name, officer: person('officer') });
  await api.describe({ name, legalName: `${name} Oy`, country: 'FI', privacyContact: 'dpo@own.example' });
  const words = maskedSite(name, siteOrigins);
  const edit = { ...words, masking: { ...words.masking, ...masking } };
  const site = await api.addSite(edit, { notice, survey });
  const agent = person('agent');
  await api.addAgent(agent, { country: 'FI', siteIds: [site.siteId] });
  return { person: agent, siteKey: site.siteKey };
}
