/**
 * `npm run release`: sets everything up, builds and packs the visitor SDK, installs the tarball in a folder elsewhere,
 * and loads it there: by Node, by the compiler, and bundled in Chromium. Prints what each part weighs.
 */

import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { requireNodeVersion } from '../bootstrap/node-version.mjs';

requireNodeVersion();
// Nothing is imported at once that a fresh clone does not have: what builds comes with the dependencies.
const { ensureChromium } = await import('../bootstrap/ensure-chromium.mjs');
const { step } = await import('../bootstrap/progress.mjs');
const { runCommand } = await import('../bootstrap/run-command.mjs');
const { runProgram, SetupFailure } = await import('../bootstrap/setup-failure.mjs');
const { setUp } = await import('../bootstrap/set-up.mjs');

const root = fileURLToPath(new URL('../..', import.meta.url));
const sdk = join(root, 'visitor-sdk');
const site = 'site_0123456789abcdefghijkl';

await runProgram(async () => {
  await setUp(root);
  const { build } = await import('../../visitor-sdk/build.mjs');
  await step('build the visitor SDK', () => build({ minify: true }));
  const folder = await mkdtemp(join(tmpdir(), 'alongside-release-'));
  try {
    const tarball = await step('pack it', () => pack());
    await step('install the tarball elsewhere', () => install(folder, tarball));
    await step('load it in Node', () => loadInNode(folder));
    await step('check its types', () => checkTypes(folder));
    await step('load it in Chromium', () => loadInChromium(folder));
    process.stdout.write(`${await sizes()}\n${tarball}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
});

/** What `npm publish` would send, and nothing that only this repository has. */
async function pack() {
  const dist = join(sdk, 'dist');
  await cp(join(root, 'LICENSE'), join(sdk, 'LICENSE'));
  try {
    await npm(['pack', '--pack-destination', dist], sdk);
  } finally {
    await rm(join(sdk, 'LICENSE'));
  }
  const { version } = JSON.parse(await readFile(join(sdk, 'package.json'), 'utf8'));
  return join(dist, `alongside-visitor-sdk-${version}.tgz`);
}

/** @param {string} folder @param {string} tarball */
async function install(folder, tarball) {
  const manifest = { name: 'customer', private: true, type: 'module' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  // Without a network: a package that needs another one would show here.
  await npm(['install', '--offline', '--no-audit', '--no-fund', '--install-links', tarball], folder);
  const installed = (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'));
  if (installed.join() !== '@alongside')
    throw new Error(`The package brings along: ${installed.join(', ')}.`);
}

/** A page that is rendered on a server imports it there as well: that must do nothing. @param {string} folder */
async function loadInNode(folder) {
  await writeFile(
    join(folder, 'load.mjs'),
    `import * as sdk from '@alongside/visitor-sdk';
     sdk.on('ready', () => undefined);
     sdk.identify({ name: 'Mira' });
     sdk.start({ site: '${site}', service: 'https://console.example' });
     sdk.stop();
     process.stdout.write(Object.keys(sdk).sort().join());`,
  );
  const { ok, tail } = await runCommand(process.execPath, ['load.mjs'], { cwd: folder });
  const expected = 'close,identify,off,on,open,start,stop';
  if (!ok || tail.trim() !== expected)
    throw new SetupFailure('the package does not load in Node', 'What it said is above.', tail);
}

/** @param {string} folder */
async function checkTypes(folder) {
  await writeFile(
    join(folder, 'customer.ts'),
    `import { on, start } from '@alongside/visitor-sdk';
     import type { FailureReason } from '@alongside/visitor-sdk';
     start({ site: '${site}', service: 'https://console.example' });
     on('failed', ({ reason }) => { const known: FailureReason = reason; void known; });
     // @ts-expect-error: there is no such event.
     on('recorded', () => undefined);`,
  );
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--lib', 'es2022,dom', '--types', ''];
  const { ok, tail } = await runCommand(process.execPath, [compiler, ...options, 'customer.ts'], {
    cwd: folder,
  });
  if (!ok)
    throw new SetupFailure('the types of the package do not fit', 'What the compiler said is above.', tail);
}

/** Bundled as a customer would, with the parts in files of their own, against a service that answers one route. */
async function loadInChromium(folder) {
  await writeFile(
    join(folder, 'page.js'),
    `import { on, open, start } from '@alongside/visitor-sdk';
     on('opened', () => { document.title = 'opened'; });
     start({ site: '${site}', service: location.origin });
     open();`,
  );
  const out = join(folder, 'bundle');
  const { build: bundle } = await import('esbuild');
  await bundle({
    entryPoints: [join(folder, 'page.js')],
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    absWorkingDir: folder,
  });
  const server = createServer((request, response) => {
    answer(out, request.url ?? '/', response).catch(() => response.writeHead(404).end());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const isRoot = process.getuid?.() === 0;
  const executablePath = await ensureChromium((line) => process.stdout.write(`${line}\n`));
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction(() => document.title === 'opened', undefined, { timeout: 20_000 });
    const hosts = await page.locator('alongside-help').count();
    if (hosts !== 1) throw new Error(`The page has ${hosts} panels.`);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** @param {string} out @param {string} url @param {import('node:http').ServerResponse} response */
async function answer(out, url, response) {
  const [path = '/'] = url.split('?');
  if (path === '/') {
    response.setHeader('content-type', 'text/html');
    response.end(
      '<!doctype html><html lang="en"><title>page</title><script type="module" src="/page.js"></script>',
    );
  } else if (path === `/v1/sites/${site}/config`) {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(siteConfig()));
  } else {
    const text = await readFile(join(out, path.slice(1)));
    response.setHeader('content-type', 'text/javascript');
    response.end(text);
  }
}

function siteConfig() {
  return {
    siteId: '11111111-1111-4111-8111-111111111111',
    siteName: 'Customer',
    languages: ['en'],
    staffed: true,
    notice: {
      version: 1,
      language: 'en',
      controller: 'Customer',
      contact: 'privacy@customer.example',
      body: 'Text.',
      keptMonths: { transcript: 3, survey: 3, metadata: 3 },
      storageCountry: 'FI',
      publishedAt: 1,
    },
    masking: {
      text: 'masked',
      maskSelectors: [],
      blockSelectors: [],
      allowSelectors: [],
      noControlSelectors: [],
    },
  };
}

/** Each file of the script tag's build: minified, gzip -9, brotli -11. */
async function sizes() {
  const folder = join(sdk, 'dist/sdk/v1');
  const files = (await readdir(folder))
    .filter((name) => name.endsWith('.js') && !/^(loader|frame)-/.test(name))
    .sort();
  const rows = await Promise.all(
    files.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      const gzip = gzipSync(bytes, { level: 9 }).length;
      return [name.replace(/-[0-9a-f]{12}/, ''), bytes.length, gzip, brotliCompressSync(bytes).length];
    }),
  );
  const lines = rows.map(([name, ...numbers]) => `${name}: ${numbers.join(' / ')} bytes`);
  return ['minified / gzip / brotli', ...lines].join('\n');
}

/** @param {readonly string[]} args @param {string} cwd */
async function npm(args, cwd) {
  const { ok, tail } = await runCommand('npm', args, { cwd });
  if (!ok) throw new SetupFailure(`npm ${args[0]} failed`, 'What npm said is above.', tail);
}
