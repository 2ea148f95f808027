/** Which build a proof is about: its commit, the hash of its files, and the versions it ran with. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface BuildFacts {
  /** 40 hexadecimal digits, or `unknown` where there is no repository. */
  readonly commit: string;
  readonly modified: boolean;
  readonly versions: Readonly<Record<string, string>>;
}

const BUILT = ['packages', 'server/dist', 'visitor-sdk/dist', 'agent-console/dist'];

export async function readBuildFacts(
  root: string,
  tools: { readonly chromium: string },
): Promise<BuildFacts> {
  const [commit, status, chromium, description, built] = await Promise.all([
    run('git', ['-C', root, 'rev-parse', 'HEAD']),
    run('git', ['-C', root, 'status', '--porcelain']),
    run(tools.chromium, ['--version']),
    readFile(join(root, 'package.json'), 'utf8'),
    hashBuild(root),
  ]);
  const { version } = JSON.parse(description) as { version: string };
  return {
    commit: commit !== undefined && /^[0-9a-f]{40}$/.test(commit) ? commit : 'unknown',
    modified: status !== undefined && status !== '',
    versions: {
      alongside: version,
      build: built,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      chromium: /[\d.]{3,}/.exec(chromium ?? '')?.[0] ?? 'unknown',
    },
  };
}

/** Of everything that an installation runs: the proof leaves it as it was, and says which one it was. */
export async function hashBuild(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const part of BUILT) {
    const folder = join(root, part);
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    const files = names.filter((name) => /\.(m?js|css|html)$/.test(name) && !name.includes('node_modules'));
    for (const name of files.filter((each) => part !== 'packages' || /(^|\/)dist\//.test(each)).sort()) {
      hash.update(`${part}/${name}\n`).update(await readFile(join(folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 32);
}

/** Nothing where the program is not there or has no answer. */
function run(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: 20_000 }, (error, output) =>
      resolve(error === null ? output.trim() : undefined),
    );
  });
}
