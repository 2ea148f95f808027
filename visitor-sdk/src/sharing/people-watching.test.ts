/** Several agents see a page: each has a code, and only another code of the same agent is a change. */

import type { WatchingAgent } from '@alongside/frames';
import type { AgentId } from '@alongside/protocol';
import { expect, it } from 'vitest';
import type { WatchingPerson } from './people-watching.js';
import { PeopleWatching } from './people-watching.js';

const [aki, ben] = ['aki', 'ben'] as unknown as [AgentId, AgentId];
const told: (WatchingPerson | undefined)[] = [];

function watched(...agents: readonly WatchingAgent[]) {
  told.length = 0;
  const people = new PeopleWatching((person) => told.push(person));
  for (const each of agents) people.see(each);
  return people;
}

const agent = (slot: number, who: AgentId, code: string): WatchingAgent => ({
  ...{ slot, agent: who, code, state: 'watching', continuity: 'new' },
});

it('takes a second agent for no change of the first, and tells the code of each', () => {
  const people = watched(agent(1, aki, '111111'), agent(2, ben, '222222'));
  expect(told.map((person) => person?.continuity)).toEqual(['first', 'first']);
  expect(told[0]).not.toHaveProperty('codes');
  expect([...(told[1]?.codes ?? [])]).toEqual([
    [aki, '111111'],
    [ben, '222222'],
  ]);
  expect(people.slots()).toEqual([1, 2]);
  expect([people.agentIn(1), people.agentIn(2), people.agentIn(3)]).toEqual([aki, ben, undefined]);
});

it('says that the code of an agent has changed, whoever came last', () => {
  watched(agent(1, aki, '111111'), agent(2, ben, '222222'), agent(1, aki, '333333'));
  expect(told.at(-1)).toMatchObject({ code: '333333', continuity: 'changed' });
  const kept = { ...agent(1, aki, '444444'), continuity: 'kept' } as const;
  watched(agent(1, aki, '111111'), kept);
  expect(told.at(-1)).toMatchObject({ continuity: 'kept' });
});

it('forgets who has left, and still knows their code when they come back', () => {
  const people = watched(agent(1, aki, '111111'), { ...agent(1, aki, '111111'), state: 'left' });
  expect(told.at(-1)).toBeUndefined();
  people.see(agent(4, aki, '999999'));
  expect(told.at(-1)).toMatchObject({ continuity: 'changed' });
});
