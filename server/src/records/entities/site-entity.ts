/** One embedding of a customer. */

import type { TextNet } from '@alongside/protocol';
import { EntitySchema } from 'typeorm';

export interface SiteRow {
  siteId: string;
  tenantId: string;
  siteKey: string;
  name: string;
  origins: string[];
  visitorCountries: string[];
  maskingText: 'masked' | 'shown';
  maskSelectors: string[];
  blockSelectors: string[];
  allowSelectors: string[];
  noControlSelectors: string[];
  confirmSelectors: string[];
  clicks: 'everywhere' | 'marked';
  nets: TextNet[];
  maskPages: string[];
  blockPages: string[];
  showPages: string[];
  maskingChangedAt: Date;
  deliverTo: string | null;
  languages: string[];
  /** Whether children come to it. */
  audience: 'general' | 'mayBeChildren' | 'noChildren';
  /** Calls go through a relay alone. */
  relayOnly: boolean;
  /** Voice and picture of calls are sealed from end to end. */
  mediaSealed: boolean;
  /** What may be shown in calls. */
  screens: 'none' | 'tab' | 'any';
  /** Experts may be invited into calls by a link. */
  experts: boolean;
  cookieDomain: string | null;
  accent: string | null;
  /** Of the customer's own server, in PEM: what it signs confirms who a visitor is. */
  identityKey: string | null;
  createdAt: Date;
}

export const siteEntity = new EntitySchema<SiteRow>({
  name: 'site',
  columns: {
    siteId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    siteKey: { type: 'varchar', length: 32 },
    name: { type: 'varchar', length: 80 },
    origins: { type: 'text', array: true },
    visitorCountries: { type: 'char', length: 2, array: true },
    maskingText: { type: 'enum', enum: ['masked', 'shown'] },
    maskSelectors: { type: 'text', array: true },
    blockSelectors: { type: 'text', array: true },
    allowSelectors: { type: 'text', array: true },
    noControlSelectors: { type: 'text', array: true },
    confirmSelectors: { type: 'text', array: true },
    clicks: { type: 'text' },
    nets: { type: 'text', array: true },
    maskPages: { type: 'text', array: true },
    blockPages: { type: 'text', array: true },
    showPages: { type: 'text', array: true },
    maskingChangedAt: { type: 'timestamptz' },
    deliverTo: { type: 'uuid', nullable: true },
    audience: { type: 'enum', enum: ['general', 'mayBeChildren', 'noChildren'] },
    languages: { type: 'varchar', length: 8, array: true },
    relayOnly: { type: 'boolean' },
    mediaSealed: { type: 'boolean' },
    screens: { type: 'text' },
    experts: { type: 'boolean' },
    cookieDomain: { type: 'varchar', length: 253, nullable: true },
    accent: { type: 'varchar', length: 7, nullable: true },
    identityKey: { type: 'text', nullable: true },
    createdAt: { type: 'timestamptz' },
  },
});
