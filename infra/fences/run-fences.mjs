/**
 * Runs the fences that keep what is never stored away from what stores, and plants a breach of each in a copy to
 * show that it is noticed. `npm test` calls it; its last line counts the checks.
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FenceReport } from './fence-report.mjs';
import { refusedImports } from './lint-fence.mjs';
import { builtPrograms, loadWithoutDatabase } from './load-fence.mjs';
import { reduceMarkup } from './markup-imports.mjs';
import { GRAPH_RULES, inspectGraph, LEAST_MODULES } from './module-graph.mjs';
import { GRAPH_BREACHES, SOURCE_BREACHES } from './planted-breaches.mjs';
import { inspectFile, inspectSources, SOURCE_RULES } from './source-rules.mjs';
import { makeCopy } from './throw-away-copy.mjs';
import { compile, TYPE_BREACHES } from './type-fences.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const report = new FenceReport();
const copy = await makeCopy(root);
try {
  // The compiler is asked while the copy is whole; the graph wants it without markup.
  await checkSources();
  await Promise.all([checkTypes(), checkLoading(), checkLint()]);
  await reduceMarkup(copy.folder);
  await checkGraph();
} finally {
  await copy.remove();
}
process.exitCode = report.close();

async function checkSources() {
  const { files, faults } = await inspectSources(root);
  report.check('sources: all of them were read', files > LEAST_MODULES ? [] : [`only ${files} files`]);
  for (const [rule, meaning] of Object.entries(SOURCE_RULES)) {
    const broken = faults.filter((fault) => fault.rule === rule).map(({ file, line }) => `${file}:${line}`);
    report.check(`sources: ${meaning}`, broken);
  }
  checkEachPlanted('sources', Object.keys(SOURCE_RULES), SOURCE_BREACHES);
  for (const { rule, file, text } of SOURCE_BREACHES) {
    await copy.plant(file, text);
    const found = await inspectFile(copy.folder, file);
    report.breach(
      `sources: ${SOURCE_RULES[rule]}: ${statementOf(text)}`,
      found.some((fault) => fault.rule === rule),
    );
    await copy.pull(file);
  }
}

/**
 * A rule that is added without a breach would hold whether it works or not.
 * @param {string} fence
 * @param {readonly string[]} rules
 * @param {readonly { rule?: string }[]} breaches
 */
function checkEachPlanted(fence, rules, breaches) {
  const forgotten = rules.filter((name) => !breaches.some(({ rule }) => rule === name));
  report.check(`${fence}: each rule has a breach that is planted`, forgotten);
}

/** @param {string} text */
function statementOf(text) {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('import type'));
  return lines.slice(0, 2).join(' ').slice(0, 90);
}

/**
 * Every breach in a project is planted at once, so that each project is compiled once. What the compiler says of
 * other files than the planted ones would mean that the copy is no true one.
 */
async function checkTypes() {
  for (const project of new Set(TYPE_BREACHES.map((breach) => breach.project))) {
    const breaches = TYPE_BREACHES.filter((breach) => breach.project === project);
    for (const { file, text } of breaches) await copy.plant(file, text);
    const said = (await compile(copy.folder, project)).split('\n').filter((line) => /error TS/.test(line));
    const border = /TS6059|TS6307/;
    const names = breaches.map(({ file }) => file.slice(file.lastIndexOf('/') + 1));
    const others = said.filter((line) => !border.test(line) && !names.some((name) => line.includes(name)));
    report.check(`A, B, E: ${project} compiles but for what is planted`, others);
    for (const [index, { fence, errors }] of breaches.entries()) {
      const lines = said.filter((line) => line.includes(names[index] ?? fence));
      report.breach(
        fence,
        errors.every((error) => lines.some((line) => error.test(line))),
      );
    }
    for (const { file } of breaches) await copy.pull(file);
  }
}

async function checkLoading() {
  const { buildRecords, ...live } = builtPrograms(root);
  for (const [name, file] of Object.entries(live)) {
    const thrown = existsSync(file) ? await loadWithoutDatabase(file) : 'it is not built';
    report.check(
      `F: built ${name} loads without a database driver`,
      thrown === '' ? [] : [thrown.slice(0, 300)],
    );
  }
  const thrown = existsSync(buildRecords) ? await loadWithoutDatabase(buildRecords) : '';
  report.breach('F: what does need the database cannot be loaded so', thrown.includes('out of reach here'));
}

async function checkLint() {
  report.breach('D: an import across the border in the editor', (await refusedImports(root)) >= 3);
}

/** One look at the graph serves both: what is planted is imported by nobody else. */
async function checkGraph() {
  checkEachPlanted('C', GRAPH_RULES, GRAPH_BREACHES);
  for (const { file, text } of GRAPH_BREACHES) await copy.plant(file, text);
  const { modules, violations } = await inspectGraph(copy.folder);
  const enough = modules >= LEAST_MODULES;
  report.check('C: the graph has seen the project', enough ? [] : [`only ${modules} modules were seen`]);
  const planted = new Set(GRAPH_BREACHES.map(({ file }) => file));
  const own = violations.filter(({ from }) => !planted.has(from));
  report.check(
    'C: nobody reaches what is not theirs',
    own.map(({ rule, from, to }) => `${rule}: ${from} -> ${to}`),
  );
  for (const { fence, file, rule } of GRAPH_BREACHES) {
    if (rule === undefined) continue;
    // Of a cycle either end may be named.
    const noticed = violations.some((found) => found.rule === rule && [found.from, found.to].includes(file));
    report.breach(`C: ${fence}`, noticed);
  }
}
