/** Reads the Dockerfile into stages and instructions, as much of its language as ours uses. */

import { readFileSync } from 'node:fs';

export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

export interface Stage {
  readonly image: string;
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** What a COPY takes, from which stage ('' = the context), and where it lays it. */
export interface Copied {
  readonly from: string;
  readonly sources: readonly string[];
  readonly target: string;
}

export function readDockerfile(file: URL): readonly Stage[] {
  const text = readFileSync(file, 'utf8');
  const joined = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, '');
  const stages: { image: string; name: string; instructions: Instruction[] }[] = [];
  for (const line of joined.split('\n').filter((each) => each.trim() !== '')) {
    const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`This is no instruction: ${line}`);
    if (name === 'FROM') {
      const [image = '', , stageName = ''] = rest.split(/\s+/);
      stages.push({ image, name: stageName, instructions: [] });
    } else stages.at(-1)?.instructions.push({ name, rest });
  }
  return stages;
}

export function copiesOf(stage: Stage): readonly Copied[] {
  return stage.instructions
    .filter(({ name }) => name === 'COPY')
    .map(({ rest }) => {
      const words = rest.split(/\s+/);
      const flag = words.find((word) => word.startsWith('--from='));
      const paths = words.filter((word) => !word.startsWith('--'));
      return {
        from: flag?.slice('--from='.length) ?? '',
        sources: paths.slice(0, -1),
        target: paths.at(-1) ?? '',
      };
    });
}

/** The last one of a name counts, as in a build. */
export function instructionOf(stage: Stage, name: string): string {
  const found = stage.instructions.findLast((instruction) => instruction.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found.rest;
}

export function environmentOf(stage: Stage): Readonly<Record<string, string>> {
  const pairs = stage.instructions
    .filter(({ name }) => name === 'ENV')
    .flatMap(({ rest }) => rest.split(/\s+/))
    .map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    });
  return Object.fromEntries(pairs);
}

/** A command in its JSON form; the other form would run a shell. */
export function commandOf(text: string): readonly string[] {
  const command: unknown = JSON.parse(text);
  if (!Array.isArray(command) || !command.every((word): word is string => typeof word === 'string')) {
    throw new Error(`This is no command: ${text}`);
  }
  return command;
}
