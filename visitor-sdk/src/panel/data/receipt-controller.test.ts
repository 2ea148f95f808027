/** A receipt that was read stays readable where it is looked for again and nothing comes. */

import { expect, it } from 'vitest';
import type { ReturnEntry } from '../../return/return-store.js';
import type { ClosingHttp } from '../closing/closing-http.js';
import { ReceiptController } from './receipt-controller.js';

function controller() {
  const answers: unknown[] = [];
  const done: string[] = [];
  const http = { receipt: async () => answers.shift() } as unknown as ClosingHttp;
  const host = {
    deps: { address: { site: 'site_0123456789abcdefghijkl' } },
    erased: () => undefined,
    forget: () => void done.push('forgotten'),
  };
  const receipt = new ReceiptController(http, host);
  receipt.use({} as ReturnEntry);
  const load = async (answer: unknown, again: boolean) => {
    answers.push(answer);
    await receipt.load({ again });
    return receipt.receipt.value.state;
  };
  return { load, done };
}

it('stays when its tab is seen again without an answer, and says so where somebody waits for it', async () => {
  const { load, done } = controller();
  const failed = { ok: false, failure: 'notFound' };
  expect(await load({ ok: true, value: {} }, false)).toBe('shown');
  expect(await load(failed, true)).toBe('shown');
  expect(await load(failed, false)).toBe('failed');
  expect(await load(failed, true)).toBe('failed');
  expect(done).toEqual([]);
});

it('goes with what this browser knows once the service knows the visitor no more', async () => {
  const { load, done } = controller();
  await load({ ok: true, value: {} }, false);
  await load({ ok: false, failure: 'notAdmitted' }, true);
  expect(done).toEqual(['forgotten']);
});
