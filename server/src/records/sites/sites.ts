/** The sites of a customer, and the few words to paste into a page for each. */

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Revocation } from '@alongside/engagement';
import {
  accept,
  type Done,
  type Language,
  type Reply,
  refuse,
  type SiteEdit,
  type SiteId,
  type SiteKey,
  type SiteShown,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { AuditAction } from '../accounts/audit-trail.js';
import type { Caller } from '../accounts/caller.js';
import { noticeEntity } from '../entities/notice-entity.js';
import { recipientEntity } from '../entities/recipient-entity.js';
import { type SiteRow, siteEntity } from '../entities/site-entity.js';
import { surveyFormEntity } from '../entities/survey-form-entity.js';
import { revokeExperts } from '../experts/revoke-experts.js';
import type { Lapses } from '../lapses/lapses.js';
import { mayReceive } from '../recipients/recipient-state.js';
import type { RecordsContext } from '../records-context.js';
import { wrongSiteField } from './site-check.js';
import { columnsOf, maskingColumns, maskingOf } from './site-masking.js';

export class Sites {
  readonly #context: RecordsContext;

  readonly #lapses: Lapses;
  readonly #revoke: (revocation: Revocation) => void;

  constructor(context: RecordsContext, lapses: Lapses, revoke: (revocation: Revocation) => void) {
    this.#context = context;
    this.#lapses = lapses;
    this.#revoke = revoke;
  }

  async list(manager: EntityManager): Promise<readonly SiteShown[]> {
    const rows = await manager.getRepository(siteEntity).find({ order: { createdAt: 'ASC' } });
    const shown: SiteShown[] = [];
    for (const row of rows) shown.push(await this.#shown(manager, row));
    return shown;
  }

  async show(manager: EntityManager, siteId: string): Promise<Reply<SiteShown>> {
    const row = await manager.getRepository(siteEntity).findOneBy({ siteId });
    return row === null ? refuse('notFound') : accept(await this.#shown(manager, row));
  }

  async create(manager: EntityManager, caller: Caller, edit: SiteEdit): Promise<Reply<SiteShown>> {
    const wrong = wrongSiteField(edit) ?? (await this.#wrongStore(manager, edit));
    if (wrong !== undefined) return refuse('invalid', wrong);
    const siteId = randomUUID();
    const siteKey = `site_${randomBytes(16).toString('base64url')}`;
    await manager
      .getRepository(siteEntity)
      .insert({ siteId, siteKey, tenantId: caller.tenantId, ...columns(edit) });
    await this.#audit(manager, caller, { action: 'site.created', siteId });
    if (edit.masking.text === 'shown')
      await this.#audit(manager, caller, { action: 'site.textShown', siteId });
    return this.show(manager, siteId);
  }

  async edit(
    manager: EntityManager,
    caller: Caller,
    { siteId, edit, basedOn }: { siteId: string; edit: SiteEdit; basedOn: string | undefined },
  ): Promise<Reply<SiteShown>> {
    // Of two officers at once the second sees what the first has made of it.
    const before = await manager
      .getRepository(siteEntity)
      .findOne({ where: { siteId }, lock: { mode: 'pessimistic_write' } });
    if (before === null) return refuse('notFound');
    if (basedOn !== undefined && basedOn !== editionOf(before)) return refuse('conflict', 'siteChanged');
    const wrong = wrongSiteField(edit) ?? (await this.#wrongStore(manager, edit));
    if (wrong !== undefined) return refuse('invalid', wrong);
    const isMasked = isDeepStrictEqual(maskingColumns(before), maskingColumns(columns(edit)));
    const changed = isMasked ? {} : { maskingChangedAt: new Date(this.#context.clock()) };
    await manager.getRepository(siteEntity).update({ siteId }, { ...columns(edit), ...changed });
    await this.#audit(manager, caller, { action: 'site.edited', siteId });
    this.#lapses.lookAfter(manager, caller.tenantId);
    if (before.experts && edit.experts !== true)
      await revokeExperts({ context: this.#context, revoke: this.#revoke }, manager, { siteId });
    if (!isMasked) this.#tellOfRules(manager, siteId as SiteId);
    if ((edit.deliverTo ?? null) !== before.deliverTo) {
      const action = edit.deliverTo === undefined ? 'site.keptHere' : 'site.delivered';
      await this.#audit(manager, caller, { action, siteId });
    }
    if (edit.masking.text !== before.maskingText) {
      const action = edit.masking.text === 'shown' ? 'site.textShown' : 'site.textMasked';
      await this.#audit(manager, caller, { action, siteId });
    }
    return this.show(manager, siteId);
  }

  /** Content goes nowhere but to the customer's own store, and only while that may receive. */
  async #wrongStore(manager: EntityManager, { deliverTo }: SiteEdit): Promise<'deliverTo' | undefined> {
    if (deliverTo === undefined) return undefined;
    const row = await manager.getRepository(recipientEntity).findOneBy({ recipientId: deliverTo });
    const isStore =
      row?.role === 'ownStore' &&
      row.dataClasses.includes('transcript') &&
      row.dataClasses.includes('survey');
    return isStore && mayReceive(row, this.#context.clock()) ? undefined : 'deliverTo';
  }

  /** An officer looks at a page as agents would see it; what they see stays in their own browser. */
  async preview(manager: EntityManager, caller: Caller, siteId: string): Promise<Reply<Done>> {
    const site = await manager.getRepository(siteEntity).findOneBy({ siteId });
    if (site === null) return refuse('notFound');
    await this.#audit(manager, caller, { action: 'site.previewed', siteId });
    return accept({});
  }

  /** Once they are committed: pages that are watched ask for them at once. */
  #tellOfRules(manager: EntityManager, siteId: SiteId): void {
    this.#context.database.afterCommit(manager, () => this.#revoke({ type: 'rulesChanged', siteId }));
  }

  #audit(
    manager: EntityManager,
    { tenantId, personId }: Caller,
    { action, siteId }: { action: AuditAction; siteId: string },
  ): Promise<void> {
    return this.#context.audit.add(manager, { tenantId, actorId: personId, action, subject: siteId });
  }

  async #shown(manager: EntityManager, row: SiteRow): Promise<SiteShown> {
    const { siteId } = row;
    const noticeVersion = await manager.getRepository(noticeEntity).maximum('version', { siteId });
    const surveyVersion = await manager.getRepository(surveyFormEntity).maximum('version', { siteId });
    return {
      siteId: siteId as SiteId,
      siteKey: row.siteKey as SiteKey,
      edition: editionOf(row),
      ...editOf(row),
      snippet: this.#snippet(row.siteKey),
      noticeVersion: noticeVersion ?? undefined,
      surveyVersion: surveyVersion ?? undefined,
    };
  }

  #snippet(siteKey: string): string {
    const source = `${this.#context.consoleOrigin}/sdk/v1/loader.js`;
    return `<script async src="${source}" data-alongside-site="${siteKey}"></script>`;
  }
}

function editOf(row: SiteRow): SiteEdit {
  return {
    name: row.name,
    origins: row.origins,
    visitorCountries: row.visitorCountries,
    masking: maskingOf(row),
    audience: row.audience,
    languages: row.languages as Language[],
    relayOnly: row.relayOnly,
    mediaSealed: row.mediaSealed,
    screens: row.screens,
    experts: row.experts,
    ...(row.deliverTo === null ? {} : { deliverTo: row.deliverTo }),
    ...(row.cookieDomain === null ? {} : { cookieDomain: row.cookieDomain }),
    ...(row.accent === null ? {} : { accent: row.accent }),
    ...(row.identityKey === null ? {} : { identityKey: row.identityKey }),
  };
}

function editionOf(row: SiteRow): string {
  return createHash('sha256')
    .update(JSON.stringify(editOf(row)))
    .digest('base64url');
}

function columns(edit: SiteEdit) {
  return {
    name: edit.name,
    origins: [...new Set(edit.origins)],
    visitorCountries: [...new Set(edit.visitorCountries)],
    ...columnsOf(edit.masking),
    audience: edit.audience ?? ('general' as const),
    languages: [...new Set(edit.languages)],
    relayOnly: edit.relayOnly ?? false,
    mediaSealed: edit.mediaSealed ?? false,
    screens: edit.screens ?? ('tab' as const),
    experts: edit.experts ?? false,
    deliverTo: edit.deliverTo ?? null,
    cookieDomain: edit.cookieDomain ?? null,
    accent: edit.accent ?? null,
    identityKey: edit.identityKey ?? null,
  };
}
