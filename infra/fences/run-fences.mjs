/**
 * Runs the fences that keep what is never stored away from what stores, and plants a breach of each in a copy to
 * show that it is noticed. `npm test` calls it; its last line counts the checks.
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FenceReport } from './fence-report.mjs';
import { LINT_BREACH, refusedImports } from './lint-fence.mjs';
import { builtPrograms, loadWithoutDatabase } from './load-fence.mjs';
import { reduceMarkup } from './markup-imports.mjs';
import { inspectGraph, LEAST_MODULES } from './module-graph.mjs';
import { GRAPH_BREACHES, SOURCE_BREACHES } from './planted-breaches.mjs';
import { inspectSources, SOURCE_RULES } from './source-rules.mjs';
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
  for (const { file, text } of SOURCE_BREACHES) await copy.plant(file, text);
  const planted = await inspectSources(copy.folder);
  for (const { rule, file } of SOURCE_BREACHES) {
    report.breach(
      `sources: ${SOURCE_RULES[rule]}`,
      planted.faults.some((fault) => fault.rule === rule && fault.file === file),
    );
  }
  for (const { file } of SOURCE_BREACHES) await copy.pull(file);
}

/** Every breach in a project is planted at once, so that each project is compiled twice and no more. */
async function checkTypes() {
  for (const project of new Set(TYPE_BREACHES.map((breach) => breach.project))) {
    const breaches = TYPE_BREACHES.filter((breach) => breach.project === project);
    const clean = await compile(copy.folder, project);
    const names = breaches.map(({ file }) => file.slice(file.lastIndexOf('/') + 1));
    const faults = clean
      .split('\n')
      .filter((line) => /error TS/.test(line) && !names.some((name) => line.includes(name)));
    report.check(`A, B, E: ${project} compiles without a breach`, faults);
    for (const { file, text } of breaches) await copy.plant(file, text);
    const said = await compile(copy.folder, project);
    for (const { fence, file, errors } of breaches) {
      const name = file.slice(file.lastIndexOf('/') + 1);
      const lines = said.split('\n').filter((line) => line.includes(name) || /TS6059|TS6307/.test(line));
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
  await copy.plant(LINT_BREACH.file, LINT_BREACH.text);
  report.breach(
    'D: an import across the border in the editor',
    (await refusedImports(copy.folder, LINT_BREACH.file)) >= 3,
  );
  await copy.pull(LINT_BREACH.file);
}

async function checkGraph() {
  const { modules, violations } = await inspectGraph(copy.folder);
  const enough =
    modules >= LEAST_MODULES ? [] : [`only ${modules} modules were seen, of at least ${LEAST_MODULES}`];
  report.check('C: the graph has seen the project', enough);
  report.check(
    'C: nobody reaches what is not theirs',
    violations.map(({ rule, from, to }) => `${rule}: ${from} -> ${to}`),
  );
  for (const { file, text } of GRAPH_BREACHES) await copy.plant(file, text);
  const planted = await inspectGraph(copy.folder);
  for (const { fence, file, rule } of GRAPH_BREACHES.filter((breach) => breach.rule !== undefined)) {
    report.breach(
      `C: ${fence}`,
      // Of a cycle either end may be named.
      planted.violations.some((found) => found.rule === rule && (found.from === file || found.to === file)),
    );
  }
}
