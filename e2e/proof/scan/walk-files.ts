/** Scans a tree: contents of regular files, names, targets of links, and extended attributes. Follows no link. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Dirent } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import type { DetectorName } from '../finding.js';
import type { Scanner } from './scanner.js';

export interface WalkOptions {
  /** Who answers for the contents; names, links and attributes are always those of `names`. */
  readonly detector: DetectorName;
  /** Left out with all below it. */
  readonly skips?: (path: string) => boolean;
  /** Not asked for where the search does not claim to see them. */
  readonly attributes?: false;
}

export interface Walked {
  readonly files: number;
  /** False where they could not be read, which is noted as well. */
  readonly attributesRead: boolean;
}

const WITHHELD = '(name withheld)';

export async function walkFiles(scanner: Scanner, folder: string, options: WalkOptions): Promise<Walked> {
  const files = await new TreeWalk(scanner, options).walk({ path: Buffer.from(folder), shown: folder });
  return { files, attributesRead: options.attributes === false || (await readAttributes(scanner, folder)) };
}

/** A path, and how a finding may name it: without the names that were themselves found. */
interface Node {
  readonly path: Buffer;
  readonly shown: string;
}

class TreeWalk {
  readonly #scanner: Scanner;
  readonly #options: WalkOptions;

  constructor(scanner: Scanner, options: WalkOptions) {
    this.#scanner = scanner;
    this.#options = options;
  }

  /** Returns the number of files whose contents were scanned. */
  async walk(folder: Node): Promise<number> {
    const entries = await this.#attempt(folder, () =>
      readdir(folder.path, { withFileTypes: true, encoding: 'buffer' }),
    );
    let files = 0;
    for (const entry of entries ?? []) files += await this.#visit(folder, entry);
    return files;
  }

  async #visit(folder: Node, entry: Dirent<Buffer>): Promise<number> {
    const path = Buffer.concat([folder.path, Buffer.from('/'), entry.name]);
    if (this.#options.skips?.(path.toString('utf8'))) return 0;
    const isTelling = this.#scanner.scanBytes(entry.name, { detector: 'names', place: folder.shown });
    const node = { path, shown: `${folder.shown}/${isTelling ? WITHHELD : entry.name.toString('utf8')}` };
    if (entry.isDirectory()) return this.walk(node);
    if (entry.isSymbolicLink()) {
      const target = await this.#attempt(node, () => readlink(path, { encoding: 'buffer' }));
      if (target) this.#scanner.scanBytes(target, { detector: 'names', place: node.shown });
      return 0;
    }
    if (!entry.isFile()) return 0;
    const at = { detector: this.#options.detector, place: node.shown };
    const scanned = await this.#attempt(node, async () => {
      await this.#scanner.scanFile(path, at);
      return true;
    });
    return scanned ? 1 : 0;
  }

  /** A service at work makes and deletes files while they are walked; the report has to say what was not seen. */
  async #attempt<T>(node: Node, look: () => Promise<T>): Promise<T | undefined> {
    try {
      return await look();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
      if (code === undefined) throw error;
      this.#scanner.note({
        detector: this.#options.detector,
        place: node.shown,
        note: code === 'ENOENT' ? 'was gone before it could be read' : `could not be read (${code})`,
      });
      return undefined;
    }
  }
}

/** Node cannot read extended attributes: false where the tool that can is missing or fails. */
async function readAttributes(scanner: Scanner, folder: string): Promise<boolean> {
  const at = { detector: 'names', place: folder } as const;
  const getfattr = spawn(
    'getfattr',
    ['-R', '-P', '-h', '-d', '-m', '-', '-e', 'hex', '--absolute-names', folder],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const ended = once(getfattr, 'close').then(
    ([status]) => status === 0,
    () => false,
  );
  // Where the tool is missing its output ends at once, with nothing in it.
  await scanner.scanStream(getfattr.stdout, at);
  const isRead = await ended;
  if (!isRead)
    scanner.note({ ...at, note: 'extended attributes were not read: getfattr is missing or failed' });
  return isRead;
}
