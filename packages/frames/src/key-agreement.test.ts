/** The key agreement, and what a relay in the middle can and cannot do to it. */

import { describe, expect, it } from 'vitest';
import { type AgentConsole, Channel, tabStorage, type VisitorPage } from '../test/channel.js';
import { until } from '../test/until.js';
import { AgentAgreement } from './agent-agreement.js';
import type { Bytes } from './bytes.js';
import { equalBytes } from './bytes.js';
import type { ContinuityEntry } from './continuity.js';
import { createEntry } from './continuity.js';
import type { Outcome } from './frame-fault.js';
import type { AnswerHello, CommitHello, RevealHello } from './hello.js';
import { readHello, writeHello } from './hello.js';
import type { KeyPair } from './key-agreement.js';
import { commitTo, compareCode, createKeyPair, createNonce } from './key-agreement.js';
import { VisitorAgreement } from './visitor-agreement.js';

const place = { engagement: 'engagement', slot: 1 };

function granted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.fault}`);
  return outcome.value;
}

interface Agreed {
  readonly visitor: { readonly code: string; readonly continuity: string; readonly entry: ContinuityEntry };
  readonly agent: { readonly code: string; readonly continuity: string; readonly entry: ContinuityEntry };
  readonly commit: CommitHello;
}

async function agree(
  pairs: { readonly visitor: KeyPair; readonly agent: KeyPair },
  known: { readonly visitor: readonly ContinuityEntry[]; readonly agent: readonly ContinuityEntry[] },
): Promise<Agreed> {
  const visitor = new VisitorAgreement(pairs.visitor, place);
  const commit = await visitor.commit();
  const agent = new AgentAgreement(pairs.agent, place, commit);
  const reveal = granted(await visitor.reveal(agent.answer(known.agent), known.visitor));
  const introduced = granted(await agent.conclude(reveal, known.agent));
  const concluded = granted(await visitor.conclude(introduced.confirm));
  return { visitor: concluded, agent: introduced, commit };
}

async function twoPairs(): Promise<{ visitor: KeyPair; agent: KeyPair }> {
  return { visitor: await createKeyPair(), agent: await createKeyPair() };
}

const nothing = { visitor: [], agent: [] };

describe('an agreement', () => {
  it('gives both sides the same six digits, and others each time', async () => {
    const pairs = await twoPairs();
    const first = await agree(pairs, nothing);
    const second = await agree(pairs, nothing);
    expect(first.visitor.code).toMatch(/^\d{6}$/);
    expect(first.agent.code).toBe(first.visitor.code);
    expect(second.agent.code).toBe(second.visitor.code);
    // The same keys, and yet nothing that was seen the first time tells what comes the second time.
    expect(second.commit.commit).not.toEqual(first.commit.commit);
    expect(second.visitor.code).not.toBe(first.visitor.code);
  });

  it('spreads its codes over the whole range', async () => {
    const base = { ...place, visitorKey: new Uint8Array(65), agentKey: new Uint8Array(65) };
    const codes = await Promise.all(
      Array.from({ length: 400 }, () =>
        compareCode({ ...base, visitorNonce: createNonce(), agentNonce: createNonce() }),
      ),
    );
    expect(new Set(codes).size).toBeGreaterThan(390);
    expect(new Set(codes.map((code) => code[0])).size).toBe(10);
  });

  it('keeps private keys where they are', async () => {
    const pair = await createKeyPair();
    expect(pair.privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', pair.privateKey)).rejects.toThrow();
  });

  it('refuses a key that is no point of the curve', async () => {
    const visitor = new VisitorAgreement(await createKeyPair(), place);
    const { commit } = await visitor.commit();
    const agent = new AgentAgreement(await createKeyPair(), place, { step: 'commit', commit });
    const answer: AnswerHello = { ...agent.answer([]), publicKey: new Uint8Array(65).fill(4) };
    expect(await visitor.reveal(answer, [])).toEqual({ ok: false, fault: 'malformed' });
  });
});

describe('continuity', () => {
  it('is kept by a secret that both hold, and the secret is another afterwards', async () => {
    const first = await agree(await twoPairs(), nothing);
    const known = { visitor: [first.visitor.entry], agent: [first.agent.entry] };
    const second = await agree(await twoPairs(), known);
    expect(second.visitor).toMatchObject({ code: first.visitor.code, continuity: 'kept' });
    expect(second.agent).toMatchObject({ code: first.visitor.code, continuity: 'kept' });
    expect(second.visitor.entry.secret).toBe(second.agent.entry.secret);
    expect(second.visitor.entry.secret).not.toBe(first.visitor.entry.secret);
  });

  it('is new when only one holds the secret, or when the secrets differ under one name', async () => {
    const first = await agree(await twoPairs(), nothing);
    const forged = { ...(await createEntry(createNonce32(), '111111')), name: first.agent.entry.name };
    for (const known of [
      { visitor: [first.visitor.entry], agent: [] },
      { visitor: [], agent: [first.agent.entry] },
      { visitor: [forged], agent: [first.agent.entry] },
      { visitor: [first.visitor.entry], agent: [forged] },
    ]) {
      const second = await agree(await twoPairs(), known);
      expect([second.visitor.continuity, second.agent.continuity]).toEqual(['new', 'new']);
      expect(second.visitor.code).toBe(second.agent.code);
      expect(second.visitor.code).not.toBe(first.visitor.code);
    }
  });

  it('is not kept by an agent that claims it and proves nothing', async () => {
    const first = await agree(await twoPairs(), nothing);
    const visitor = new VisitorAgreement(await createKeyPair(), place);
    const agent = new AgentAgreement(await createKeyPair(), place, await visitor.commit());
    const known = [first.visitor.entry];
    const reveal = granted(await visitor.reveal(agent.answer(known), known));
    const { confirm } = granted(await agent.conclude(reveal, known));
    // The visitor's own proof, sent back, is no proof of the agent's.
    for (const mac of [createNonce32(), reveal.proof?.mac ?? createNonce32()]) {
      expect(granted(await visitor.conclude({ ...confirm, mac })).continuity).toBe('new');
    }
    expect(granted(await visitor.conclude(confirm)).continuity).toBe('kept');
  });

  it('is not kept by a proof from another agreement', async () => {
    const first = await agree(await twoPairs(), nothing);
    const known = [first.visitor.entry];
    const proved = await revealOf(await createKeyPair(), known);
    const fresh = await revealOf(await createKeyPair(), []);
    const stolen: RevealHello = {
      ...fresh.reveal,
      ...(proved.reveal.proof && { proof: proved.reveal.proof }),
    };
    expect(stolen.proof).toBeDefined();
    const concluded = granted(await fresh.agent.conclude(stolen, known));
    expect(concluded.continuity).toBe('new');
  });
});

describe('a relay in the middle', () => {
  it('that swaps the keys changes the code, though everything else works', async () => {
    const [left, right] = [new Channel(), new Channel()];
    const page = left.page();
    const console = right.console();
    // Mallory is an agent to the visitor and a visitor to the agent, and passes everything on.
    const malloryPage = right.page();
    const malloryConsole: AgentConsole = left.console();
    page.numbers.push('secret');
    left.attachPage(page);
    left.attachConsole(malloryConsole, 1);
    await left.converge(page, malloryConsole);
    malloryPage.numbers.push(...malloryConsole.shown);
    right.attachPage(malloryPage);
    right.attachConsole(console, 1);
    await until('the agent sees the page', () => console.shown[0] === 'secret');
    expect(page.agents.at(-1)?.code).toMatch(/^\d{6}$/);
    expect(page.agents.at(-1)?.code).not.toBe(console.code);
  });

  it('that takes over on a next page cannot keep the code', async () => {
    const [pageStorage, consoleStorage] = [tabStorage(), tabStorage()];
    const honest = new Channel();
    const page: VisitorPage = honest.page(pageStorage);
    const console = honest.console(consoleStorage);
    honest.attachPage(page);
    honest.attachConsole(console, 1);
    await honest.converge(page, console);
    const code = console.code;

    const [left, right] = [new Channel(), new Channel()];
    const nextPage = left.page(pageStorage);
    left.attachPage(nextPage);
    left.attachConsole(left.console(), 1);
    const nextConsole = right.console(consoleStorage);
    right.attachPage(right.page());
    right.attachConsole(nextConsole, 1);
    await until(
      'both are introduced',
      () => nextPage.agents.length > 0 && nextConsole.introductions.length > 0,
    );
    expect(nextPage.agents[0]).toMatchObject({ continuity: 'new' });
    expect(nextConsole.introductions[0]).toMatchObject({ continuity: 'new' });
    expect(nextPage.agents[0]?.code).not.toBe(code);
    expect(nextConsole.code).not.toBe(code);
  });

  it('has one answer: the visitor reveals nothing to a second one', async () => {
    const visitor = new VisitorAgreement(await createKeyPair(), place);
    const commit = await visitor.commit();
    const first = new AgentAgreement(await createKeyPair(), place, commit);
    const second = new AgentAgreement(await createKeyPair(), place, commit);
    granted(await visitor.reveal(first.answer([]), []));
    expect(await visitor.reveal(second.answer([]), [])).toEqual({ ok: false, fault: 'wrongStep' });
  });

  it('has one reveal, and no key or nonce but the committed ones', async () => {
    const pair = await createKeyPair();
    const { reveal, commit } = await revealOf(pair, []);
    const other = await createKeyPair();
    const attempts: RevealHello[] = [
      { ...reveal, publicKey: other.publicKey },
      ...Array.from({ length: 60 }, () => ({ ...reveal, nonce: createNonce() })),
    ];
    for (const attempt of attempts) {
      const agent = new AgentAgreement(await createKeyPair(), place, commit);
      expect(await agent.conclude(attempt, [])).toEqual({ ok: false, fault: 'commitMismatch' });
      // The true one is of no more use after a false one: there is no second try.
      expect(await agent.conclude(reveal, [])).toEqual({ ok: false, fault: 'wrongStep' });
    }
  });

  it('that knows both keys from before cannot search a match', async () => {
    // The relay has seen both keys in an earlier agreement, and has led the agent to a code already. It then
    // searches an answer for the visitor that leads to the same one. A code of two digits stands for the whole,
    // which makes luck a hundredth, and a search that knows the visitor's nonce a sure thing.
    const rounds = 30;
    let blindHits = 0;
    let seeingHits = 0;
    for (let round = 0; round < rounds; round += 1) {
      const wanted = String(round).padStart(2, '0');
      if ((await searchedCode(false, wanted)).endsWith(wanted)) blindHits += 1;
      if ((await searchedCode(true, wanted)).endsWith(wanted)) seeingHits += 1;
    }
    expect(seeingHits).toBe(rounds);
    expect(blindHits).toBeLessThan(8);
  });

  it('is noticed at once when it changes what is revealed on the way', async () => {
    const channel = new Channel();
    const page = channel.page();
    const console = channel.console();
    const other = await createKeyPair();
    channel.relay.between = (frame, to) => {
      const hello = frame[0] === 6 ? readHello(frame) : undefined;
      return to === 1 && hello?.step === 'reveal'
        ? writeHello(1, { ...hello, publicKey: other.publicKey })
        : frame;
    };
    channel.attachPage(page);
    channel.attachConsole(console, 1);
    await until('the console is warned', () => console.state === 'untrusted');
    await channel.settle();
    expect(console.faults).toContain('commitMismatch');
    expect(console.introductions).toEqual([]);
    expect(page.agents).toEqual([]);
    expect(page.snapshots).toBe(0);
  });
});

/** The visitor's code after an answer that was searched for it, with or without a look at the visitor's nonce. */
async function searchedCode(seeing: boolean, wantedEnd: string): Promise<string> {
  const mallory = (await createKeyPair()).publicKey;
  const visitorPair = await createKeyPair();
  const visitor = new VisitorAgreement(visitorPair, place);
  const to = nameIn(await visitor.commit());
  const codeWith = (visitorNonce: Bytes, agentNonce: Bytes): Promise<string> =>
    compareCode({
      ...place,
      visitorKey: visitorPair.publicKey,
      visitorNonce,
      agentKey: mallory,
      agentNonce,
    });
  const search = async (visitorNonce: Bytes): Promise<Bytes> => {
    for (;;) {
      const nonce = createNonce();
      if ((await codeWith(visitorNonce, nonce)).endsWith(wantedEnd)) return nonce;
    }
  };
  // The order is forced: the reveal comes after the one answer. Whoever could see the nonce would search after it.
  const early = await search(createNonce());
  const answer: AnswerHello = { step: 'answer', to, publicKey: mallory, nonce: early, knows: [] };
  const { nonce } = granted(await visitor.reveal(answer, []));
  return codeWith(nonce, seeing ? await search(nonce) : early);
}

async function revealOf(
  pair: KeyPair,
  known: readonly ContinuityEntry[],
): Promise<{ reveal: RevealHello; commit: CommitHello; agent: AgentAgreement }> {
  const visitor = new VisitorAgreement(pair, place);
  const commit = await visitor.commit();
  const agent = new AgentAgreement(await createKeyPair(), place, commit);
  const reveal = granted(await visitor.reveal(agent.answer(known), known));
  const expected = await commitTo(reveal.publicKey, reveal.nonce, place.engagement);
  if (!equalBytes(expected, commit.commit)) throw new Error('The commitment does not hold.');
  return { reveal, commit, agent };
}

function nameIn(commit: CommitHello): string {
  const agent = { publicKey: new Uint8Array(65), privateKey: {} as CryptoKey };
  return new AgentAgreement(agent, place, commit).answer([]).to;
}

function createNonce32(): Bytes {
  return crypto.getRandomValues(new Uint8Array(32));
}
