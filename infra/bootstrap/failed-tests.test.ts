/** What failed is named in the last lines of a run. */

import { expect, it } from 'vitest';
import { failedInPlaywright, failedInVitest } from './failed-tests.mjs';

it('names each failed test of a vitest report with its file and reason', () => {
  const report = {
    testResults: [
      {
        name: '/root/server/test/live.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'a good one' },
          {
            status: 'failed',
            fullName: 'a door is shut',
            failureMessages: ['\u001b[31mError: open\u001b[39m\n  at x'],
          },
        ],
      },
      { name: '/root/broken.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ],
  };
  expect(failedInVitest(report, '/root')).toEqual([
    'failed: server/test/live.test.ts › a door is shut: Error: open | at x',
    'failed: broken.test.ts: no such module',
  ]);
});

it('names each failed test of a Playwright report, however deep, and errors outside of tests', () => {
  const failed = {
    ok: false,
    file: 'call.spec.ts',
    line: 7,
    title: 'rings',
    tests: [{ results: [{ errors: [{ message: 'x'.repeat(400) }] }] }],
  };
  const good = { ok: true, file: 'call.spec.ts', line: 1, title: 'is silent', tests: [] };
  const report = {
    suites: [{ specs: [good], suites: [{ specs: [failed] }] }],
    errors: [{ message: 'gone' }],
  };
  expect(failedInPlaywright(report)).toEqual([
    'failed: gone',
    `failed: call.spec.ts:7 › rings: ${'x'.repeat(300)}…`,
  ]);
});
