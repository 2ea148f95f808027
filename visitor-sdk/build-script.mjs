// The script tag's files: the loader, which pins a panel for each language, which pins all other parts.
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, textOf, virtualModule, workerAsFunction } from './bundle-options.mjs';
import { bundleOver, linked, modulesOf, namesFor, offer } from './link-parts.mjs';

const LANGUAGES = ['en', 'de'];
/** Loaded with the first use while the page is shown. */
const OVER_SHARING = {
  control: 'cobrowse/control/control-part.ts',
  moving: 'cobrowse/moving/moving-part.ts',
};

export async function buildScript(options) {
  const files = new ScriptFiles();
  const parts = {
    ...(await buildSharing(options, files)),
    call: files.add('call', await textOf(entry(options, 'call/call-part.ts'))),
  };
  const panels = await buildPanels(options, parts, files);
  const { sharing, moving } = parts;
  const loader = await program(options, 'loader/loader.ts', { ...panels, sharing });
  // Of framed pages: they show themselves inside a page of the same customer, and nothing else.
  files.addProgram('frame', await program(options, 'frame/frame.ts', { sharing, moving }));
  await files.write(files.addProgram('loader', loader));
}

async function buildSharing(options, files) {
  const worker = await workerAsFunction(options);
  const base = { ...options, plugins: [...options.plugins, worker] };
  const held = await modulesOf(entry(base, 'sharing/sharing-part.ts'));
  const over = {};
  for (const [name, path] of Object.entries(OVER_SHARING))
    over[name] = await bundleOver(entry(options, path), held);
  const names = namesFor(Object.values(over));
  const sharing = await textOf(
    source(base, [
      "export { startFrameGuest, startPreview, startSharing } from './sharing/sharing-part.js';",
      "export { program as pageEngine } from 'alongside:sealing-worker';",
      offer(names, root),
    ]),
  );
  const parts = { sharing: files.add('sharing', sharing) };
  for (const [name, part] of Object.entries(over)) parts[name] = files.add(name, linked(part, names));
  return parts;
}

async function buildPanels(options, parts, files) {
  const panels = {};
  for (const language of LANGUAGES) {
    const sentences = `export { ${language} as catalogue } from './src/panel/messages/${language}.ts';`;
    const text = await textOf({
      ...entry(options, 'loader/script-panel.ts'),
      plugins: [...options.plugins, virtualModule('alongside:catalogue', sentences)],
      define: { ...options.define, ALONGSIDE_PARTS: JSON.stringify(parts) },
    });
    panels[language] = files.add(`panel-${language}`, text);
  }
  return panels;
}

/** What a script tag runs; it knows its parts by their names and hashes. */
function program(options, path, parts) {
  const define = { ...options.define, ALONGSIDE_PARTS: JSON.stringify(parts) };
  return textOf({ ...entry(options, path), format: 'iife', define });
}

function entry(options, path) {
  return { ...options, entryPoints: [join(root, 'src', path)], format: 'esm' };
}

function source(options, lines) {
  const stdin = { contents: lines.join('\n'), resolveDir: join(root, 'src'), loader: 'ts' };
  return { ...options, stdin, format: 'esm' };
}

/** Each file under the hash of its content, and the hash by which whoever loads it checks it. */
class ScriptFiles {
  #texts = new Map();
  #integrity = {};

  add(name, text) {
    const file = `${name}-${hashName(text)}.js`;
    this.#texts.set(file, text);
    this.#integrity[file] = integrityOf(text);
    return { file, integrity: this.#integrity[file] };
  }

  /** Under two names: one for script tags, and one whose content never changes, which is the one to pin. */
  addProgram(name, text) {
    const pinned = this.add(name, text).file;
    this.#texts.set(`${name}.js`, text);
    this.#integrity[`${name}.js`] = this.#integrity[pinned];
    return pinned;
  }

  async write(pinned) {
    const out = join(root, 'dist/sdk/v1');
    await rm(out, { recursive: true, force: true });
    await mkdir(out, { recursive: true });
    for (const [file, text] of this.#texts) await writeFile(join(out, file), text);
    const list = { pinned, files: this.#integrity };
    await writeFile(join(out, 'integrity.json'), `${JSON.stringify(list, undefined, 2)}\n`);
  }
}

function hashName(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function integrityOf(text) {
  return `sha384-${createHash('sha384').update(text).digest('base64')}`;
}
