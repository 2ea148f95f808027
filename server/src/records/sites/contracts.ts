/** Standard contractual clauses that a customer has signed: what a transfer may rest on. */

import { randomUUID } from 'node:crypto';
import { accept, type ContractCreate, type ContractShown, type Reply, refuse } from '@alongside/protocol';
import { isCountryCode, refuseInvalidated } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { type ContractRow, contractEntity } from '../entities/contract-entity.js';
import type { RecordsContext } from '../records-context.js';

export class Contracts {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  async list(manager: EntityManager): Promise<readonly ContractShown[]> {
    const rows = await manager.getRepository(contractEntity).find({ order: { createdAt: 'ASC' } });
    return rows.map(shown);
  }

  async add(manager: EntityManager, caller: Caller, contract: ContractCreate): Promise<Reply<ContractShown>> {
    if (!isCountryCode(contract.importerCountry)) return refuse('invalid', 'importerCountry');
    // Clauses that name a framework which was struck down are none, whatever they say besides.
    const named = refuseInvalidated(contract.reference) ?? refuseInvalidated(contract.importerName);
    if (named !== undefined) return refuse('transferRefused', named.code);
    const { validUntil } = contract;
    if (validUntil !== undefined && validUntil < contract.signedOn) return refuse('invalid', 'validUntil');
    const { tenantId, personId } = caller;
    const contractId = randomUUID();
    await manager
      .getRepository(contractEntity)
      .insert({ ...contract, contractId, tenantId, validUntil: validUntil ?? null });
    const { audit } = this.#context;
    await audit.add(manager, { tenantId, actorId: personId, action: 'contract.added', subject: contractId });
    return accept(shown(await manager.getRepository(contractEntity).findOneByOrFail({ contractId })));
  }
}

function shown(row: ContractRow): ContractShown {
  return {
    contractId: row.contractId,
    module: row.module,
    importerCountry: row.importerCountry,
    importerName: row.importerName,
    reference: row.reference,
    signedOn: row.signedOn,
    ...(row.validUntil === null ? {} : { validUntil: row.validUntil }),
  };
}
