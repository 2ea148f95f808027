/** Lets both browsers keep something on purpose, as a page of theirs would: the search of profiles has to find it. */

import type { Page } from '@playwright/test';
import type { Control } from '../control.js';
import { newToken } from '../scan/new-canary.js';

const FOUND = { foundBy: ['browser-profiles'], hiddenFrom: ['sql', 'logs', 'sinks'] } as const;

/** While both pages are open; what they keep comes to the profiles at the latest when the browsers end. */
export async function plantInProfiles(pages: {
  readonly visitor: Page;
  readonly agent: Page;
}): Promise<readonly Control[]> {
  const [visitors, draft, row, answer] = [newToken(), newToken(), newToken(), newToken()];
  await pages.visitor.evaluate(keepDraft, visitors);
  await pages.agent.evaluate(keepDraft, draft);
  await pages.agent.evaluate(keepRow, row);
  await pages.agent.evaluate(keepAnswer, answer);
  return [
    { name: "visitor's browser: localStorage", token: visitors, ...FOUND },
    { name: "agent's browser: localStorage", token: draft, ...FOUND },
    { name: "agent's browser: IndexedDB", token: row, ...FOUND },
    { name: "agent's browser: Cache", token: answer, ...FOUND },
  ];
}

function keepDraft(token: string): void {
  localStorage.setItem('planted', token);
}

function keepRow(token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('planted', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const change = opening.result.transaction('rows', 'readwrite');
      change.objectStore('rows').put(token, 'row');
      change.onerror = () => reject(change.error);
      change.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}

async function keepAnswer(token: string): Promise<void> {
  const cache = await caches.open('planted');
  await cache.put('/planted', new Response(token));
}
