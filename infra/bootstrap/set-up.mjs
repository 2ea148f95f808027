/** What every command needs before it begins: dependencies and a build, by one process at a time. */
import { join } from 'node:path';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { say, seconds } from './progress.mjs';
import { withLock } from './with-lock.mjs';

/** @param {string} root */
export async function setUp(root) {
  let told = false;
  const onWait = async () => {
    if (!told) say('  waiting for another start that is setting the project up …');
    told = true;
  };
  await withLock(join(root, '.data', 'set-up.lock'), { work: () => prepare(root), onWait });
}

/** @param {string} root */
async function prepare(root) {
  await tellIfLong('dependencies', () => ensureDependencies(root));
  // Loaded only now: what builds is among the dependencies.
  const { ensureBuild } = await import('./ensure-build.mjs');
  await tellIfLong('build', () => ensureBuild(root));
}

/**
 * A step that finds everything present is not worth a line.
 * @param {string} name
 * @param {() => Promise<'present' | 'installed' | 'built'>} work
 */
async function tellIfLong(name, work) {
  const began = Date.now();
  const announce = setTimeout(() => say(`  ${name} …`), 700);
  try {
    const result = await work();
    if (result !== 'present') say(`  ${name}: ${result} in ${seconds(Date.now() - began)}`);
  } finally {
    clearTimeout(announce);
  }
}
