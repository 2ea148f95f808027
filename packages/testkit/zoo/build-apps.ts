/** Bundles the framework pages of the zoo: what draws them on the server, and what takes them over in the browser. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';
import { build } from 'esbuild';
import { compile } from 'svelte/compiler';
import type { ZooApp } from './zoo-server.js';

const root = dirname(fileURLToPath(import.meta.url));
const entries = { react: 'react-%.ts', vue: 'vue-%.ts', svelte: 'svelte-%.mjs' } as const;

type Part = 'client' | 'server';

const common: BuildOptions = {
  bundle: true,
  logLevel: 'warning',
  define: {
    'process.env.NODE_ENV': '"production"',
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
};

export async function buildApps(): Promise<ReadonlyMap<string, ZooApp>> {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-zoo-'));
  try {
    await Promise.all([buildPart('client', folder), buildPart('server', folder)]);
    const apps = Object.keys(entries).map(async (name): Promise<[string, ZooApp]> => {
      const { render }: { render: () => string | Promise<string> } = await import(
        pathToFileURL(join(folder, `${name}-server.mjs`)).href
      );
      const script = await readFile(join(folder, `${name}-client.js`), 'utf8');
      return [name, { html: await render(), script }];
    });
    return new Map(await Promise.all(apps));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function buildPart(part: Part, outdir: string): Promise<unknown> {
  const entryPoints = Object.values(entries).map((entry) => join(root, 'apps', entry.replace('%', part)));
  const own: BuildOptions =
    part === 'client'
      ? { platform: 'browser', target: 'chrome109', format: 'iife', minify: true }
      : {
          platform: 'node',
          target: 'node20',
          format: 'esm',
          outExtension: { '.js': '.mjs' },
          banner: {
            js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
          },
        };
  return build({ ...common, ...own, entryPoints, outdir, plugins: [svelte(part)] });
}

/** Svelte compiles a component otherwise for the server than for the browser. */
function svelte(generate: Part): Plugin {
  return {
    name: 'svelte',
    setup({ onLoad }) {
      onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
        const { js } = compile(await readFile(path, 'utf8'), { filename: path, generate });
        return { contents: js.code, loader: 'js' };
      });
    },
  };
}
