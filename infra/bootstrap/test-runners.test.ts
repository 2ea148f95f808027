/** How results are counted: nothing that did not run may look like success. */
import { describe, expect, it } from 'vitest';
import { codeOfProof, consistent, sum, tallyLines, tallyPlaywright, tallyVitest } from './test-runners.mjs';

const vitestReport = {
  numPassedTests: 4,
  numFailedTests: 1,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [
    { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ],
};

describe('a vitest report', () => {
  it('is taken as it is', () => {
    expect(tallyVitest(vitestReport)).toEqual({ passed: 4, failed: 1, notes: [] });
  });

  it('counts a file that breaks before its first test', () => {
    const broken = { status: 'failed', assertionResults: [] };
    const report = { ...vitestReport, testResults: [...vitestReport.testResults, broken] };
    expect(tallyVitest(report).failed).toBe(2);
  });

  it('counts what was skipped or left to do as failed', () => {
    const tally = tallyVitest({ ...vitestReport, numPendingTests: 2, numTodoTests: 1 });
    expect(tally.failed).toBe(4);
    expect(tally.notes).toEqual(['3 skipped tests count as failed']);
  });
});

describe('a Playwright report', () => {
  it('counts skipped and flaky tests, and errors outside of tests, as failed', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    const tally = tallyPlaywright({ stats, errors: [{ message: 'the server did not start' }] });
    expect(tally).toMatchObject({ passed: 5, failed: 5 });
    expect(tally.notes).toHaveLength(2);
  });

  it('is clean when everything passed', () => {
    const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 0 };
    expect(tallyPlaywright({ stats })).toEqual({ passed: 5, failed: 0, notes: [] });
  });
});

describe('what a program that counts for itself has said', () => {
  it('is repeated where something failed, and not where nothing did', () => {
    const said = ['codec: fine', 'grammar: it broke', 'grammar: again with --seed=1'];
    expect(tallyLines([...said, '10 passed, 1 failed'])).toEqual({ passed: 10, failed: 1, notes: said });
    expect(tallyLines([...said, '13 passed, 0 failed'])?.notes).toEqual([]);
  });

  it('is no count without its last line', () => {
    expect(tallyLines(['13 passed, 0 failed', 'and then it crashed'])).toBeUndefined();
  });
});

describe('a runner', () => {
  const clean = { passed: 3, failed: 0, notes: [] };

  it('that reports no test has failed, even with code 0', () => {
    expect(consistent({ passed: 0, failed: 0, notes: [] }, { name: 'unit', code: 0 }).failed).toBe(1);
  });

  it('that reports success and ends with another code has failed', () => {
    expect(consistent(clean, { name: 'unit', code: 1 }).failed).toBe(1);
    expect(consistent(clean, { name: 'unit', code: null }).failed).toBe(1);
  });

  it('that reports success and ends well has passed', () => {
    expect(consistent(clean, { name: 'unit', code: 0 })).toEqual(clean);
  });

  it('is summed with the others', () => {
    expect(sum([clean, { passed: 1, failed: 2, notes: ['why'] }])).toEqual({
      passed: 4,
      failed: 2,
      notes: ['why'],
    });
  });
});

describe('a proof that is clean in part', () => {
  const cores = '  not run: dumps: cores: this system takes cores away from the folder of their process';
  const records = '  not run: wal: records taken apart: Postgres refuses it with 42501';

  it('passes where only another machine would let it run', () => {
    expect(codeOfProof(3, ['  some line', cores, '95 passed, 0 failed'])).toBe(0);
  });

  it('fails for any other part, and where it names none', () => {
    expect(codeOfProof(3, [cores, records])).toBe(3);
    expect(codeOfProof(3, ['95 passed, 0 failed'])).toBe(3);
  });

  it('is taken at its word when it ends with another code', () => {
    expect(codeOfProof(1, [cores])).toBe(1);
    expect(codeOfProof(null, [cores])).toBeNull();
    expect(codeOfProof(0, [])).toBe(0);
  });
});
