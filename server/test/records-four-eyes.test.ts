/** What takes two people takes two who were there before it, whatever it is about. */
import type { AgentShown } from '@alongside/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreementBody, Customer, contractBody, Person, recipientBody } from './records-customer.js';
import type { Answer } from './records-world.js';
import { World } from './records-world.js';

const DAY_MS = 86_400_000;
const password = 'a long enough sentence';
const lately = [403, { refusal: { code: 'notPermitted', detail: 'letInLately' } }];

let world: World;
let own: Customer;
let second: Person;

beforeAll(async () => {
  world = await World.start();
  await world.line();
  own = await world.customer('Hazel');
  second = await own.secondOfficer();
});
afterAll(() => world?.stop());

const invited = () => own.agent('New', { roles: ['officer'], siteIds: [] });
const signedIn = async ({ email }: Person) =>
  new Person(world, await world.ask('POST', '/api/session', { body: { email, password } }));
const answered = ({ status, body }: Answer) => [status, body];

const contract = async (by: Person): Promise<string> => {
  const { contractId } = (await by.post('/api/contracts', contractBody())).body;
  return `/api/contracts/${contractId}/approval`;
};
/** Records a matter of each kind; answers the path at which another officer settles it. */
const matters: Readonly<Record<string, (by: Person) => Promise<string>>> = {
  contract,
  agreement: async (by) => {
    const [{ agreementId }] = (await by.post('/api/agreements', agreementBody())).body;
    return `/api/agreements/${agreementId}/approval`;
  },
  recipient: async (by) => {
    const { recipientId } = (await by.post('/api/recipients', recipientBody())).body;
    return `/api/recipients/${recipientId}/approval`;
  },
  register: async (by) => {
    const { body, proposed } = (await by.get('/api/register')).body;
    const edition = { body, note: 'looked up' };
    const shown = proposed ?? (await by.post('/api/register/editions', edition)).body.proposed;
    return `/api/register/editions/${shown.editionId}/approval`;
  },
  disclosure: async (by) => {
    const demand = { authority: 'Court', country: 'FI', instrument: 'R 1', ground: 'ownLaw', scope: 'One' };
    const more = { engagementIds: [], receivedOn: '2026-11-20', tellsOn: '2026-12-01' };
    const { disclosureId } = (await by.post('/api/disclosures', { ...demand, ...more })).body;
    const path = `/api/disclosures/${disclosureId}/approval`;
    expect((await by.post(path)).body.state).toBe('approvedOnce');
    return path;
  },
  employer: async (by) => {
    const { agentId } = await own.agent('Uma');
    const uma = { displayName: 'Uma', roles: ['agent'], country: 'FI', siteIds: [], disabled: false };
    await by.put(`/api/agents/${agentId}`, { ...uma, employer: 'Dev Ltd' });
    return `/api/agents/${agentId}/employer-approval`;
  },
};

describe('what takes two people', () => {
  it.each(Object.entries(matters))(
    '[FE1] is not settled by whom the first one let in for it: %s',
    async (_name, record) => {
      const before = await invited();
      const path = await record(own.officer);
      const after = await invited();
      for (const by of [before, after]) expect(answered(await by.post(path))).toEqual(lately);
      expect((await second.post(path)).status).toBe(200);
    },
  );

  it('[FE1] is settled by whoever was let in fourteen days ago, and not what began before they were', async () => {
    const early = await contract(own.officer);
    const newer = await invited();
    const path = await contract(own.officer);
    const settlesFrom = async () =>
      (await own.officer.get('/api/agents')).body.find((each: AgentShown) => each.agentId === newer.agentId)
        .settlesFrom;
    expect(await settlesFrom()).toBeGreaterThan(Date.now() + 14 * DAY_MS - 60_000);
    world.aheadMs = 14 * DAY_MS - 60_000;
    expect(answered(await (await signedIn(newer)).post(path))).toEqual(lately);
    world.aheadMs = 14 * DAY_MS + 60_000;
    const then = await signedIn(newer);
    expect(answered(await then.post(early))).toEqual(lately);
    expect((await then.post(path)).status).toBe(200);
    world.aheadMs = 0;
  });

  it('[FE1] is not settled between two whom a third let in for it, nor by who took the other’s place', async () => {
    const [one, two] = [await invited(), await invited()];
    const path = await contract(one);
    for (const by of [two, own.officer]) expect(answered(await by.post(path))).toEqual(lately);
    const renewed = await own.officer.post(`/api/agents/${second.agentId}/link`);
    const taken = await own.enrol(renewed.body.enrolUrl.split('#')[1], 'Second');
    expect(answered(await taken.post(await contract(own.officer)))).toEqual(lately);
  });

  it('[FE2] is settled between officers from the set-up: who was let in before there was an agreement', async () => {
    const fresh = await Customer.signUp(world, 'Larch');
    const early = await fresh.agent('Early', { roles: ['officer'], siteIds: [] });
    const [{ agreementId }] = (await fresh.officer.post('/api/agreements', agreementBody())).body;
    const between = await fresh.agent('Between', { roles: ['officer'], siteIds: [] });
    expect((await between.post(`/api/agreements/${agreementId}/approval`)).status).toBe(200);
    const late = await fresh.agent('Late', { roles: ['officer'], siteIds: [] });
    const path = await contract(fresh.officer);
    expect(answered(await late.post(path))).toEqual(lately);
    expect((await early.post(path)).status).toBe(200);
  });

  it('[FE3] is never settled by who was made an officer, or was enabled again, for it', async () => {
    const fay = await own.agent('Fay', { siteIds: [] });
    const edit = { displayName: 'Fay', country: 'FI', siteIds: [] };
    const put = (more: object) => own.officer.put(`/api/agents/${fay.agentId}`, { ...edit, ...more });
    await put({ roles: ['officer'], disabled: false });
    expect(answered(await fay.post(await contract(own.officer)))).toEqual(lately);
    await world.sql('UPDATE person SET let_in_at = NULL WHERE person_id = $1', [fay.agentId]);
    const path = await contract(own.officer);
    for (const disabled of [true, false]) await put({ roles: ['officer'], disabled });
    expect(answered(await (await signedIn(fay)).post(path))).toEqual(lately);
  });
});
