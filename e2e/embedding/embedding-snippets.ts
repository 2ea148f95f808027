/** The examples of EMBEDDING.md as they are written, with the places of a running service in them. */

import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../../visitor-sdk/EMBEDDING.md', import.meta.url), 'utf8');

export class EmbeddingSnippets {
  readonly #places: Readonly<Record<string, string>>;
  readonly #left: { readonly language: string; readonly code: string }[];

  /** `places`: what stands in the document for a place, and that place. */
  constructor(places: Readonly<Record<string, string>>) {
    this.#places = places;
    const blocks = [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)];
    this.#left = blocks.map(([, indent = '', language = '', code = '']) => ({
      language,
      code: this.#placed(code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')),
    }));
  }

  /** The only one in this language that says so; nobody else gets it any more. */
  take(language: string, words: string): string {
    const found = this.#left.filter((each) => each.language === language && each.code.includes(words));
    const [snippet] = found;
    if (snippet === undefined || found.length > 1)
      throw new Error(`EMBEDDING.md has ${found.length} of ${language} with ${words}.`);
    this.#left.splice(this.#left.indexOf(snippet), 1);
    return snippet.code;
  }

  /** What no test has taken. */
  get left(): readonly string[] {
    return this.#left.map(({ code }) => code);
  }

  /** The last column of the table whose first heading is this, as far as it is code alone. */
  examplesOf(heading: string): readonly string[] {
    const rows = text.slice(text.indexOf(`\n| ${heading} |`) + 1).split('\n');
    const table = rows.slice(
      2,
      rows.findIndex((row) => !row.startsWith('|')),
    );
    const examples = table.map((row) => /`([^`]+)` \|$/.exec(row)?.[1] ?? '');
    if (examples.length === 0 || examples.includes(''))
      throw new Error(`A row of ${heading} has no example.`);
    return examples.map((each) => this.#placed(each));
  }

  #placed(code: string): string {
    return Object.entries(this.#places).reduce((whole, [name, place]) => whole.replaceAll(name, place), code);
  }
}
