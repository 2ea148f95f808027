// What packages of others the bundles of a build really hold, and the text that each is given under.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const NOTICES = 'third-party-notices.txt';
const PACKAGE = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;
const MIT = new URL('mit.txt', import.meta.url);
const MODULES = /^.*[\\/]node_modules[\\/]/;
const TEXT = /^(?:licen[cs]e|copying|notice)/i;
const RRWEB =
  'Copyright (c) 2018 Contributors (https://github.com/rrweb-io/rrweb/graphs/contributors) and SmartX Inc.';
/** Packages under MIT that come without its text: whose they are stands in their repositories. */
const MIT_OF = {
  '@rrweb/types': RRWEB,
  rrweb: RRWEB,
  'rrweb-snapshot': RRWEB,
  'react-remove-scroll-bar': 'Copyright (c) 2025 Anton Korzunov <thekashey@gmail.com>',
};
/** What a package has bundled itself, and which is no module of ours for that. */
const INSIDE = {
  rrweb: 'postcss nanoid picocolors source-map-js @xstate/fsm base64-arraybuffer mitt tslib'.split(' '),
};

export class HeldPackages {
  #folders = new Set();

  /** For esbuild: what is shaken out of a bundle is not held by it. */
  esbuild() {
    return {
      name: 'held-packages',
      setup: (build) => {
        build.initialOptions.metafile = true;
        build.onEnd(({ metafile }) => {
          for (const { inputs } of Object.values(metafile?.outputs ?? {})) {
            for (const [path, { bytesInOutput }] of Object.entries(inputs))
              if (bytesInOutput > 0) this.#hold(join(build.initialOptions.absWorkingDir, path));
          }
        });
      },
    };
  }

  /** For Vite: the same, of its pages and of its workers, which are bundled apart. */
  vite() {
    return {
      name: 'held-packages',
      generateBundle: (_options, outputs) => {
        for (const { type, modules } of Object.values(outputs)) {
          if (type !== 'chunk') continue;
          for (const [path, { renderedLength }] of Object.entries(modules))
            if (renderedLength > 0) this.#hold(path);
        }
      },
    };
  }

  #hold(path) {
    const [folder] = PACKAGE.exec(path) ?? [];
    if (folder === undefined) return;
    const [modules, name] = [MODULES.exec(folder)[0], folder.replace(MODULES, '')];
    for (const each of [name, ...(INSIDE[name] ?? [])]) this.#folders.add(join(modules, each));
  }

  /** With what else there is that is no module. */
  async notices(more = []) {
    const parts = await Promise.all([...this.#folders].map(noticeOf));
    return [...parts.sort(), ...more].map((part) => `${part.trim()}\n`).join(`\n${'-'.repeat(80)}\n\n`);
  }
}

/** Nobody may pass on what comes without the text that it is given under. */
export async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => TEXT.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  if (texts.length === 0 && license === 'MIT' && MIT_OF[name] !== undefined)
    texts.push((await readFile(MIT, 'utf8')).replace('{copyright}', MIT_OF[name]));
  if (texts.length === 0) throw new Error(`${name} ${version} is bundled, and has no text of its licence.`);
  return [`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join('\n\n');
}
