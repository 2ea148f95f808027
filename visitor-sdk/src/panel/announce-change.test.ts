/** What vanishes from the screen is said to have ended, and stands there until there is something newer. */

import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { AgentsHere } from './agents/agents-here.js';
import { announceChange } from './announce-change.js';
import { en } from './messages/en.js';
import { Speech } from './messages/speech.js';

describe('a question that is over without an answer', () => {
  it.each(['view:cancelled', 'control:cancelled'] as const)('is said to be, after %s', (because) => {
    const announced: string[] = [];
    const announce = (text: string) => void announced.push(text);
    const speech = new Speech('en', en, ['en']);
    const agents = new AgentsHere({ session: signal(undefined), speech, announce });
    const sharing = { lent: { leases: signal([]) } };
    const agentName = signal('Aki');
    announceChange({ speech, agents, sharing, agentName, announce, minimise: () => undefined }, because);
    expect(announced).toEqual([en['watch.askOver']]);
    expect(agents.news.value).toBe(en['watch.askOver']);
  });
});
