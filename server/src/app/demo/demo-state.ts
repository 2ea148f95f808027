/** How far the demo customer is made, and its sign-ins, so that a second start shows the same ones. */

import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { writePrivateFile } from '../embedded-postgres/private-folder.js';
import { demoPeople } from './demo-content.js';

const Person = v.object({
  email: v.string(),
  displayName: v.string(),
  password: v.string(),
  /** Of a one-time link that was not used yet. */
  enrolSecret: v.optional(v.string()),
  enrolled: v.boolean(),
});
const DemoStateSchema = v.object({
  officer: Person,
  /** Of a demo that was made before there was one, undefined. */
  second: v.optional(Person),
  agents: v.array(Person),
  siteId: v.optional(v.string()),
  siteKey: v.optional(v.string()),
  noticeDone: v.boolean(),
  agreementDone: v.optional(v.boolean()),
  surveyDone: v.boolean(),
  origins: v.array(v.string()),
});

export type DemoPerson = v.InferOutput<typeof Person>;
export type DemoState = v.InferOutput<typeof DemoStateSchema>;

export function newDemoPerson({ email, displayName }: { email: string; displayName: string }): DemoPerson {
  return { email, displayName, password: newPassword(), enrolled: false };
}

export function newDemoState(): DemoState {
  return {
    officer: newDemoPerson(demoPeople.officer),
    second: newDemoPerson(demoPeople.second),
    agents: demoPeople.agents.map(newDemoPerson),
    noticeDone: false,
    surveyDone: false,
    origins: [],
  };
}

/** Undefined when there is none, or none that can be read. */
export async function readDemoState(file: string): Promise<DemoState | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const parsed = v.safeParse(DemoStateSchema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // A file that somebody has edited is as good as none.
    return undefined;
  }
}

export async function keepDemoState(file: string, state: DemoState): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writePrivateFile(file, `${JSON.stringify(state, undefined, 2)}\n`);
}

/** Four groups that can be read aloud; about 80 bits. */
function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const groups = [...randomBytes(16)].map((byte) => letters[byte % letters.length] ?? 'x').join('');
  return (groups.match(/.{4}/g) ?? [groups]).join('-');
}
