/** A fuzz that cannot fail shows nothing: what breaks is named with a seed that breaks it again. */

import { describe, expect, it } from 'vitest';
import { FUZZ_PARTS, tallyPart } from './fuzz-parts.mjs';
import { type Fuzz, fuzzRounds } from './fuzz-rounds.mjs';

const fine: Fuzz = (_seed, inputs) => ({
  inputs,
  met: { passed: inputs - 1, refused: 1 },
  broken: undefined,
});
const breaksAt =
  (bad: number): Fuzz =>
  (seed, inputs) =>
    seed === bad ? { inputs: 7, met: {}, broken: 'is let through' } : fine(seed, inputs);
const grammar = FUZZ_PARTS.find(({ name }) => name === 'grammar');
if (grammar === undefined) throw new Error('The grammar is fuzzed.');

describe('a fuzz', () => {
  it('goes on until both the time and the inputs are reached', () => {
    let nowMs = 0;
    const clock = () => {
      nowMs += 1;
      return nowMs;
    };
    expect(fuzzRounds(fine, { seed: 1, leastInputs: 1_200 }, clock).inputs).toBe(1_500);
    expect(fuzzRounds(fine, { seed: 1, leastMs: 10, leastInputs: 1 }, clock).inputs).toBeGreaterThan(1_500);
  });

  it('ends with what breaks, and has it again by its seed alone', () => {
    const found = fuzzRounds(breaksAt(12), { seed: 10, leastInputs: 1_000_000 });
    expect(found).toMatchObject({ inputs: 1_007, broken: { seed: 12, rule: 'is let through' } });
    const again = fuzzRounds(breaksAt(12), { seed: 12, rounds: 1 });
    expect(again.broken).toEqual(found.broken);
    const { failed, lines } = tallyPart(grammar, found);
    expect(failed).toBe(1);
    expect(lines.at(-1)).toMatch(/run-fuzz\.mjs --part=grammar --seed=12 --rounds=1$/);
  });

  it('takes what is thrown for what breaks', () => {
    const throwing: Fuzz = () => {
      throw new RangeError('too deep');
    };
    expect(fuzzRounds(throwing, { seed: 3, rounds: 1 }).broken?.rule).toContain('too deep');
  });

  it('counts seeds round, so that the highest has a next', () => {
    expect(fuzzRounds(breaksAt(0), { seed: 2 ** 32 - 1, rounds: 2 }).broken?.seed).toBe(0);
  });
});

describe('what a fuzz has met', () => {
  it('counts the rule and every way', () => {
    const { passed, failed, lines } = tallyPart(grammar, fuzzRounds(fine, { seed: 5, rounds: 2 }));
    expect({ passed, failed }).toEqual({ passed: 3, failed: 0 });
    expect(lines).toEqual([
      expect.stringMatching(/^grammar: 1000 inputs from seed 5 in \d+ ms \(passed 998, /),
    ]);
  });

  it('fails for a way that none has come', () => {
    const refusing: Fuzz = (_seed, inputs) => ({ inputs, met: { refused: inputs }, broken: undefined });
    const { passed, failed } = tallyPart(grammar, fuzzRounds(refusing, { seed: 5, rounds: 1 }));
    expect({ passed, failed }).toEqual({ passed: 2, failed: 1 });
  });
});
