/**
 * A visitor who is an attacker: the SDK is the real one, but what it hands to be sealed is replaced, so that
 * everything after it (seal, relay, console, replay) meets a page that no recorder of ours would send.
 */

import type { BrowserContext, Page } from '@playwright/test';

type Hijacked = Window & typeof globalThis & { hijack: { snapshot?: string; batches: string[] } };

/** Has to come before the first page of the context. */
export async function hijackSealing(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const hijacked = window as unknown as Hijacked;
    hijacked.hijack = { batches: [] };
    const { postMessage } = Worker.prototype;
    type Call = { readonly method?: string; readonly args?: readonly unknown[] };
    Worker.prototype.postMessage = function (this: Worker, call: Call, ...rest: never[]) {
      const { snapshot, batches } = hijacked.hijack;
      let sent = call;
      if (call.method === 'sealSnapshot' && snapshot !== undefined) {
        sent = { ...call, args: [call.args?.[0], snapshot] };
      } else if (call.method === 'sealBatch') {
        const batch = batches.shift();
        if (batch !== undefined) sent = { ...call, args: [batch] };
        // What the recorder saw of the true page has no place in the hostile one.
        else if (snapshot !== undefined) sent = { ...call, args: ['[]'] };
      }
      postMessage.call(this, sent, ...rest);
    } as typeof postMessage;
  });
}

/** What is sealed as the page the next time a snapshot is taken; undefined is the true one again. */
export async function sendAsPage(page: Page, events: readonly unknown[] | undefined): Promise<void> {
  await sendAsPageText(page, events === undefined ? undefined : JSON.stringify(events));
}

/** The same with what no program would write. */
export async function sendAsPageText(page: Page, json: string | undefined): Promise<void> {
  await page.evaluate((snapshot) => {
    const { hijack } = window as unknown as Hijacked;
    if (snapshot === undefined) delete hijack.snapshot;
    else hijack.snapshot = snapshot;
  }, json);
}

/** What is sealed as one batch of changes; done when it has been handed over. */
export async function sendAsChange(page: Page, json: string): Promise<void> {
  await page.evaluate(async (batch) => {
    const { hijack } = window as unknown as Hijacked;
    hijack.batches.push(batch);
    while (hijack.batches.length > 0) {
      // Any change makes the recorder hand over a batch.
      document.body.append(document.createElement('i'));
      await new Promise(requestAnimationFrame);
    }
  }, json);
}
