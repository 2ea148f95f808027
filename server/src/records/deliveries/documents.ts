/** The customer's catalogue: documents that officers write, and that a visitor reads once an agent has offered one. */

import { randomUUID } from 'node:crypto';
import type { DocumentEdit, DocumentOffered, DocumentShown, Done, Reply } from '@alongside/protocol';
import { accept, deliveryLimits, refuse } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { AuditAction } from '../accounts/audit-trail.js';
import type { Caller } from '../accounts/caller.js';
import type { PageAsks, VisitorAccess } from '../engagements/visitor-access.js';
import { deliveryEntity } from '../entities/delivery-entity.js';
import { type DocumentRow, documentEntity } from '../entities/document-entity.js';
import type { RecordsContext } from '../records-context.js';

export class Documents {
  readonly #context: RecordsContext;
  readonly #access: VisitorAccess;

  constructor(context: RecordsContext, access: VisitorAccess) {
    this.#context = context;
    this.#access = access;
  }

  async list(manager: EntityManager): Promise<readonly DocumentShown[]> {
    const rows = await manager.getRepository(documentEntity).find({ order: { title: 'ASC' } });
    return rows.map(shown);
  }

  async add(manager: EntityManager, caller: Caller, edit: DocumentEdit): Promise<Reply<DocumentShown>> {
    const documents = manager.getRepository(documentEntity);
    if ((await documents.count()) >= deliveryLimits.documents) return refuse('invalid', 'documents');
    const documentId = randomUUID();
    await documents.insert({ documentId, tenantId: caller.tenantId, ...this.#columns(edit) });
    await this.#audit(manager, caller, { action: 'document.added', documentId });
    return accept(shown(await documents.findOneByOrFail({ documentId })));
  }

  async edit(
    manager: EntityManager,
    caller: Caller,
    { documentId, edit }: { documentId: string; edit: DocumentEdit },
  ): Promise<Reply<DocumentShown>> {
    const documents = manager.getRepository(documentEntity);
    if (!(await documents.existsBy({ documentId }))) return refuse('notFound');
    await documents.update({ documentId }, this.#columns(edit));
    await this.#audit(manager, caller, { action: 'document.edited', documentId });
    return accept(shown(await documents.findOneByOrFail({ documentId })));
  }

  /** It can be offered and read no more; that it was offered stays known by its number. */
  async remove(manager: EntityManager, caller: Caller, documentId: string): Promise<Reply<Done>> {
    const { affected } = await manager.getRepository(documentEntity).delete({ documentId });
    if (affected === 0) return refuse('notFound');
    await this.#audit(manager, caller, { action: 'document.removed', documentId });
    return accept({});
  }

  /** What was not offered in this very engagement is not there, as if it did not exist. */
  read(asks: PageAsks, documentId: string): Promise<Reply<DocumentOffered>> {
    return this.#access.toEngagement(asks, async ({ manager, engagement }) => {
      const { engagementId } = engagement;
      const isOffered = await manager.getRepository(deliveryEntity).existsBy({ engagementId, documentId });
      const row = isOffered ? await manager.getRepository(documentEntity).findOneBy({ documentId }) : null;
      return row === null ? refuse('notFound') : accept({ title: row.title, text: row.body });
    });
  }

  #columns({ title, text }: DocumentEdit) {
    return { title, body: text, changedAt: new Date(this.#context.clock()) };
  }

  #audit(
    manager: EntityManager,
    { tenantId, personId }: Caller,
    { action, documentId }: { action: AuditAction; documentId: string },
  ): Promise<void> {
    return this.#context.audit.add(manager, { tenantId, actorId: personId, action, subject: documentId });
  }
}

function shown({ documentId, title, body, changedAt }: DocumentRow): DocumentShown {
  return { documentId, title, text: body, changedAt: changedAt.getTime() };
}
