/** What stood in one conversation stands in no other that is begun on the same page. */

import type { AgentId } from '@alongside/protocol';
import { signal } from '@preact/signals';
import { afterEach, expect, it, vi } from 'vitest';
import type { PanelParts } from '../../embedding/panel-parts.js';
import { en } from '../messages/en.js';
import { Speech } from '../messages/speech.js';
import type { EngagementSession } from '../session/engagement-session.js';
import { TabMemory } from '../session/tab-memory.js';
import { PanelTogether } from './panel-together.js';
import type { TogetherHost } from './together.js';

afterEach(() => vi.unstubAllGlobals());

it('is forgotten with the conversation that it was of', () => {
  const page = new EventTarget();
  vi.stubGlobal('document', Object.assign(page, { visibilityState: 'visible' }));
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  const agentName = signal('Aki');
  const host = {
    deps: { shadow: {} },
    session: signal<EngagementSession | undefined>(undefined),
    ended: signal(undefined),
    memory: new TabMemory(undefined, 'site_0123456789'),
    speech: new Speech('en', en, ['en']),
    agentName,
    announce: () => undefined,
  } as unknown as TogetherHost;
  const together = new PanelTogether(host, {} as PanelParts, {} as PanelTogether['views']);
  const offer = { deliveryId: 'd', agentId: 'a' as AgentId, content: { kind: 'page', path: '/' } } as const;
  expect([together.offered(offer), together.offered(offer)]).toEqual([true, false]);
  together.agents.tell('Bo has left.');
  together.callNews.value = 'ended';
  together.tooYoung.value = true;
  together.forget();
  expect([together.deliveries.waiting.value, together.agents.news.value]).toEqual([[], '']);
  expect([together.callNews.value, together.tooYoung.value]).toEqual([undefined, false]);
  together.close();
});
