/** Names what failed in a report, so that the last lines of a run are enough to know it. */
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const LONGEST_REASON = 300;

/**
 * @param {any} report What vitest's JSON reporter wrote.
 * @param {string} root
 * @returns {string[]} A line each.
 */
export function failedInVitest({ testResults }, root) {
  return testResults.flatMap((/** @type {any} */ { name = '', message, status, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((/** @type {any} */ test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [lineOf(file, '', message)];
    return failed.map((/** @type {any} */ test) => lineOf(file, test.fullName, test.failureMessages?.[0]));
  });
}

/**
 * @param {any} report What Playwright's JSON reporter wrote.
 * @returns {string[]} A line each.
 */
export function failedInPlaywright({ suites = [], errors = [] }) {
  const outside = errors.map((/** @type {any} */ { message }) => lineOf('', '', message));
  return [...outside, ...suites.flatMap(failedInSuite)];
}

/**
 * @param {any} suite
 * @returns {string[]}
 */
function failedInSuite({ specs = [], suites = [] }) {
  const failed = specs.filter((/** @type {any} */ { ok }) => !ok);
  const lines = failed.map((/** @type {any} */ { file, line, title, tests = [] }) => {
    const results = tests.flatMap((/** @type {any} */ test) => test.results ?? []);
    const reasons = results.flatMap((/** @type {any} */ result) => result.errors ?? []);
    return lineOf(`${file}:${line}`, title, reasons[0]?.message);
  });
  return [...lines, ...suites.flatMap(failedInSuite)];
}

/**
 * @param {string} place
 * @param {string} name
 * @param {string} [message]
 */
function lineOf(place, name, message = 'no reason was given') {
  const reason = stripVTControlCharacters(message)
    .trim()
    .split(/\s*\n\s*/)
    .slice(0, 4)
    .join(' | ');
  const told = reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;
  const what = [place, name].filter((part) => part !== '').join(' › ');
  return what === '' ? `failed: ${told}` : `failed: ${what}: ${told}`;
}
