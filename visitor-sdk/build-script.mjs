// The script tag's files: the loader, which pins a panel for each language, which pins all other parts.
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { minify } from 'terser';
import { callWorkerAsText, root, textOf, virtualModule, workerAsFunction } from './bundle-options.mjs';
import { bundleOver, linked, modulesOf, namesFor, offer } from './link-parts.mjs';
import { SentenceDealing } from './sentence-dealing.mjs';

const LANGUAGES = ['en', 'de'];
/** Loaded when an agent is there, and when the conversation ends. */
const OVER_PANEL = {
  together: 'loader/script-together.ts',
  closing: 'panel/closing/closing-part.ts',
};
/** Loaded with the first use while the page is shown. */
const OVER_SHARING = {
  control: 'cobrowse/control/control-part.ts',
  moving: 'cobrowse/moving/moving-part.ts',
  guest: 'sharing/frame-guest.ts',
  preview: 'sharing/page-preview.ts',
  share: 'call/share/share-part.ts',
};

export async function buildScript(options) {
  const files = new ScriptFiles(options.minify);
  const { guest, preview, ...shared } = await buildSharing(options, files);
  const sealing = { ...options, plugins: [...options.plugins, await callWorkerAsText(options)] };
  const parts = {
    ...shared,
    call: await files.add('call', await textOf(entry(options, 'call/call-part.ts'))),
    sealing: await files.add('sealing', await textOf(entry(sealing, 'call/sealing-part.ts'))),
  };
  const panels = await buildPanels(options, parts, files);
  const { sharing, moving, control } = parts;
  const loader = await program(options, 'loader/loader.ts', { ...panels, preview });
  // Of framed pages: they show themselves inside a page of the same customer, and nothing else.
  const framed = { sharing, moving, control, guest };
  await files.addProgram('frame', await program(options, 'frame/frame.ts', framed));
  await files.write(await files.addProgram('loader', loader));
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
      "export * from './sharing/sharing-part.js';",
      "export { program as pageEngine } from 'alongside:sealing-worker';",
      offer(names, root),
    ]),
  );
  const parts = { sharing: await files.add('sharing', sharing) };
  const { preview, ...others } = over;
  for (const [name, part] of Object.entries(others)) parts[name] = await files.add(name, linked(part, names));
  // The script tag names as few parts as it can: what a preview loads is named in its own file.
  const { sharing: shown, moving } = parts;
  const start = await textOf(entry(knowing(options, { sharing: shown, moving }), 'loader/script-preview.ts'));
  parts.preview = await files.add('preview', linked(preview, names) + start);
  return parts;
}

/** A panel for each language, and over it the parts that it loads later, each with the sentences that it says. */
async function buildPanels(bundling, parts, files) {
  const options = { ...bundling, inject: [join(root, 'jsx-factory.mjs')] };
  const wordless = withSentences(options, {});
  const start = entry(wordless, 'loader/script-panel.ts');
  const held = await modulesOf(start);
  const over = {};
  for (const [name, path] of Object.entries(OVER_PANEL))
    over[name] = await bundleOver(entry(knowing(wordless, parts), path), held);
  const names = namesFor(Object.values(over));
  const dealing = new SentenceDealing(await textOf(start), over);
  const panels = {};
  for (const language of LANGUAGES) {
    const sentences = await sentencesOf(options, language);
    const dealt = dealing.deal(sentences);
    const later = {};
    for (const [name, part] of Object.entries(over)) {
      const text = linked(part, names, { words: dealt[name] });
      later[name] = await files.add(`${name}-${language}`, dealing.numbered(text, sentences));
    }
    const text = await textOf(
      source(knowing(withSentences(options, dealt.panel), later), [
        "export { startPanel } from './loader/script-panel.js';",
        offer(names, root),
      ]),
    );
    panels[language] = await files.add(`panel-${language}`, dealing.numbered(text, sentences));
  }
  return panels;
}

function withSentences(options, sentences) {
  const catalogue = `export const catalogue = ${JSON.stringify(sentences)};`;
  return { ...options, plugins: [...options.plugins, virtualModule('alongside:catalogue', catalogue)] };
}

async function sentencesOf(options, language) {
  const code = await textOf(entry({ ...options, minify: false }, `panel/messages/${language}.ts`));
  const made = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  return made[language];
}

/** What a script tag runs; it knows its parts by their names and hashes. */
function program(options, path, parts) {
  return textOf({ ...entry(knowing(options, parts), path), format: 'iife' });
}

function knowing(options, parts) {
  return { ...options, define: { ...options.define, ALONGSIDE_PARTS: JSON.stringify(parts) } };
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
  #minify;

  constructor(minify) {
    this.#minify = minify;
  }

  async add(name, bundled) {
    const text = this.#minify ? await shortened(bundled) : bundled;
    const file = `${name}-${hashName(text)}.js`;
    this.#texts.set(file, text);
    this.#integrity[file] = integrityOf(text);
    return { file, integrity: this.#integrity[file] };
  }

  /** Under two names: one for script tags, and one whose content never changes, which is the one to pin. */
  async addProgram(name, bundled) {
    const pinned = (await this.add(name, bundled)).file;
    this.#texts.set(`${name}.js`, this.#texts.get(pinned));
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

/** What esbuild has made short is a twentieth shorter again with this. */
async function shortened(text) {
  // Declarations that are joined would be shorter, and longer once they are compressed.
  const compress = { passes: 2, join_vars: false };
  const { code } = await minify(text, { module: true, ecma: 2022, compress });
  return `${code}\n`;
}

function hashName(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function integrityOf(text) {
  return `sha384-${createHash('sha384').update(text).digest('base64')}`;
}
