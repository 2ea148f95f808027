/** Which build a proof is about: its commit, the hash of its files, and the versions it ran with. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';

export interface BuildFacts {
  /** 40 hexadecimal digits, or `unknown` where there is no repository. */
  readonly commit: string;
  readonly modified: boolean;
  readonly versions: Readonly<Record<string, string>>;
}

const BUILT = ['packages', 'server/dist', 'visitor-sdk/dist', 'agent-console/dist', 'infra/demo-shop/dist'];
/** Which versions of other people's packages were asked for, and which are there. */
const LOCKS = ['package-lock.json', 'node_modules/.package-lock.json'];
/** What no program reads. */
const FOR_PEOPLE = /\.(map|d\.[cm]?ts|tsbuildinfo|tgz)$/;
const SHOWN_DIGITS = 32;

export interface ProofTools {
  readonly chromium: string;
  readonly mediaWorkerBin: string | undefined;
}

export async function readBuildFacts(root: string, tools: ProofTools): Promise<BuildFacts> {
  const [commit, status, chromium, description, installed] = await Promise.all([
    run('git', ['-C', root, 'rev-parse', 'HEAD']),
    run('git', ['-C', root, 'status', '--porcelain']),
    run(tools.chromium, ['--version']),
    readFile(join(root, 'package.json'), 'utf8'),
    hashInstallation(root, tools),
  ]);
  const { version } = JSON.parse(description) as { version: string };
  return {
    commit: commit !== undefined && /^[0-9a-f]{40}$/.test(commit) ? commit : 'unknown',
    modified: status !== undefined && status !== '',
    versions: {
      alongside: version,
      ...installed,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      chromium: /[\d.]{3,}/.exec(chromium ?? '')?.[0] ?? 'unknown',
    },
  };
}

/** Of everything that an installation runs: the proof leaves it as it was, and says which one it was. */
export async function hashInstallation(
  root: string,
  { mediaWorkerBin }: Pick<ProofTools, 'mediaWorkerBin'>,
): Promise<Readonly<Record<'build' | 'packages' | 'media worker', string>>> {
  const [build, packages, worker] = await Promise.all([
    hashBuild(root),
    hashFiles(root, LOCKS),
    mediaWorkerBin === undefined ? 'none' : hashFiles(dirname(mediaWorkerBin), [basename(mediaWorkerBin)]),
  ]);
  return { build, packages, 'media worker': worker };
}

async function hashBuild(root: string): Promise<string> {
  const found: string[] = [];
  for (const part of BUILT) {
    const entries = await readdir(join(root, part), { recursive: true, withFileTypes: true }).catch(() => []);
    const files = entries.filter((entry) => entry.isFile() && !FOR_PEOPLE.test(entry.name));
    found.push(...files.map((entry) => relative(root, join(entry.parentPath, entry.name))));
  }
  const ofPackages = (name: string) => !name.startsWith('packages/') || /^packages\/[^/]+\/dist\//.test(name);
  return hashFiles(root, found.filter((name) => ofPackages(name) && !name.includes('node_modules')).sort());
}

/** By their names and contents; one that is not there is known by that. */
async function hashFiles(folder: string, names: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const name of names) {
    const content = await readFile(join(folder, name)).catch(() => undefined);
    hash.update(`${name} ${content?.length ?? 'absent'}\n`);
    if (content !== undefined) hash.update(content);
  }
  return hash.digest('hex').slice(0, SHOWN_DIGITS);
}

/** Nothing where the program is not there or has no answer. */
function run(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: 20_000 }, (error, output) =>
      resolve(error === null ? output.trim() : undefined),
    );
  });
}
