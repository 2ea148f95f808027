/** What a customer's own store took of what did not begin is erased there, and nothing of what did. */

import { accept, refuse } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { expect, it } from 'vitest';
import { engagementEntity } from '../entities/engagement-entity.js';
import type { RecipientRow } from '../entities/recipient-entity.js';
import { storeBeginningEntity } from '../entities/store-beginning-entity.js';
import { StoreBeginnings } from './store-beginnings.js';

type Noted = Readonly<Record<'engagementId' | 'recipientId', string>>;

/** Of stores that are named by a letter, and engagements by that letter and a number. */
function beginnings(
  noted: readonly string[],
  at: {
    begun?: readonly string[];
    silent?: string;
    afterErasing?: (engagementId: string) => Promise<void>;
  } = {},
) {
  const asked: string[] = [];
  let rows: readonly Noted[] = noted.map((engagementId) => ({
    engagementId,
    recipientId: engagementId.slice(0, 1),
  }));
  const noting = {
    update: async () => undefined,
    existsBy: async ({ engagementId }: Noted) => rows.some((row) => row.engagementId === engagementId),
    delete: async ({ engagementId }: Partial<Noted>) => {
      if (engagementId !== undefined) rows = rows.filter((row) => row.engagementId !== engagementId);
    },
  };
  const begun = {
    existsBy: async ({ engagementId }: Noted) => at.begun?.includes(engagementId) ?? false,
  };
  const recipients = { find: async () => [storeOf('a'), storeOf('b')] };
  const manager = {
    query: async () => [rows],
    getRepository: (entity: unknown) => {
      if (entity === storeBeginningEntity) return noting;
      return entity === engagementEntity ? begun : recipients;
    },
  } as unknown as EntityManager;
  const made = new StoreBeginnings({
    database: {
      inTenant: (_tenantId, work) => work(manager),
      eachTenant: async (work) => {
        await work('tenant');
      },
    },
    store: {
      erase: async ({ recipientId }, engagementId) => {
        asked.push(engagementId);
        await at.afterErasing?.(engagementId);
        return recipientId === at.silent ? refuse('storageUnavailable') : accept({});
      },
    },
    clock: () => 0,
  });
  return { made, asked, left: () => rows.map(({ engagementId }) => engagementId) };
}

const storeOf = (recipientId: string) => ({ tenantId: 'tenant', recipientId }) as RecipientRow;

it('[DC5] erases nothing there of what has begun meanwhile, and forgets that it was asked', async () => {
  const { made, asked, left } = beginnings(['a1', 'a2'], { begun: ['a1'] });
  await made.sweep();
  expect([asked, left()]).toEqual([['a2'], []]);
});

it('[DC5] erases there what came after its note was gone', async () => {
  const { made, asked } = beginnings([]);
  expect(await made.takeBack(storeOf('a'), 'a1')).toBe(true);
  expect(asked).toEqual(['a1']);
});

it('[DC5] asks a store that does not answer once, and then the others', async () => {
  const { made, asked, left } = beginnings(['a1', 'a2', 'b1'], { silent: 'a' });
  await made.sweep();
  expect([asked, left()]).toEqual([
    ['a1', 'b1'],
    ['a1', 'a2'],
  ]);
});

it('[DC5] has nothing erased there once more that another sweep had erased meanwhile', async () => {
  let isOther = false;
  const { made, asked, left } = beginnings(['a1', 'a2'], {
    afterErasing: async () => {
      if (isOther) return;
      isOther = true;
      await made.sweep();
    },
  });
  await made.sweep();
  expect([asked, left()]).toEqual([['a1', 'a1', 'a2'], []]);
});
