/** A Chromium and a small web server for benches that need a page: scripts are bundled from the sources. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright';

const root = fileURLToPath(new URL('../..', import.meta.url));
const WORKER = fileURLToPath(new URL('../../packages/frames/src/worker-entry.ts', import.meta.url));

export async function launchChromium(flags = [], { isElsewhere = false } = {}) {
  const { CHROMIUM_BIN } = process.env;
  const found = CHROMIUM_BIN ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined);
  if (found === undefined) throw new Error('there is no Chromium: name it in CHROMIUM_BIN');
  return chromium.launch({
    executablePath: isElsewhere ? fileURLToPath(new URL('yielding-chromium.sh', import.meta.url)) : found,
    env: { ...process.env, CHROMIUM_BIN: found },
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      ...flags,
    ],
  });
}

/**
 * @param {string} source TypeScript or JavaScript that imports by paths from the root.
 * @param {import('esbuild').BuildOptions} [options]
 */
export async function bundleText(source, options = {}) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    conditions: ['source'],
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    logLevel: 'error',
    ...options,
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild wrote nothing');
  return file.text;
}

/** @param {Record<string, { type: string, text: string, headers?: Record<string, string> }>} files By path. */
export async function servePages(files) {
  const server = createServer((request, response) => {
    const file = files[new URL(request.url ?? '/', 'http://localhost').pathname];
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': file.type, ...file.headers }).end(file.text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The sealing worker as a module of its text, as the SDK's build inlines it; `before` runs in it before all else. */
export async function sealingWorker(plugins = [], before = '') {
  // An import of nothing would be left out: the package says that its modules do nothing by themselves.
  const worker = before + (await bundleText('', { stdin: undefined, entryPoints: [WORKER], plugins }));
  return {
    name: 'worker-text',
    setup(build) {
      build.onResolve({ filter: /^alongside:sealing-worker$/ }, ({ path }) => ({
        path,
        namespace: 'alongside',
      }));
      build.onLoad({ filter: /.*/, namespace: 'alongside' }, () => ({
        contents: `export const sealingWorkerSource = ${JSON.stringify(worker)};`,
        loader: 'js',
      }));
    },
  };
}
