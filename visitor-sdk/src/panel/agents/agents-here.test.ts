/** Who came and went is said of one conversation, and of none that comes after it. */

import type { AgentId } from '@alongside/protocol';
import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import { en } from '../messages/en.js';
import { Speech } from '../messages/speech.js';
import type { EngagementSession } from '../session/engagement-session.js';
import { AgentsHere } from './agents-here.js';

it('tells who came and went, and not that somebody of the conversation before has left', () => {
  const told: string[] = [];
  const engagement = signal<object | undefined>(undefined);
  const session = signal({ engagement } as unknown as EngagementSession);
  const speech = new Speech('en', en, ['en']);
  const agents = new AgentsHere({ session, speech, announce: (text) => void told.push(text) });
  const take = (...names: string[]): void => {
    const present = names.map((displayName, place) => ({
      ...{ agentId: displayName as AgentId, displayName },
      place: displayName.length * 10 + place,
    }));
    engagement.value = { agents: present, view: { state: 'off' }, call: { state: 'off' } };
    agents.changed();
  };
  take('Aki');
  take('Aki', 'Bo');
  expect(told).toEqual([agents.news.value]);
  expect(told[0]).toContain('Bo');
  agents.forget();
  take('Charlie');
  expect([told.length, agents.news.value]).toEqual([1, '']);
});
