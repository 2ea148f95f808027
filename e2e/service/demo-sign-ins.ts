/** The sign-ins of the demo customer, as a start prints them and keeps them beside its data. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignIn } from './customer-api.js';

export interface DemoSignIns {
  readonly officer: SignIn;
  /** An officer from the set-up like the first one: what takes two takes both. */
  readonly second: SignIn;
  readonly agents: readonly SignIn[];
  readonly siteKey: string;
}

export async function readDemoSignIns(dataDir: string): Promise<DemoSignIns> {
  const state: unknown = JSON.parse(await readFile(join(dataDir, 'demo', 'sign-in.json'), 'utf8'));
  return state as DemoSignIns;
}

export function firstAgent({ agents }: DemoSignIns): SignIn {
  const [first] = agents;
  if (first === undefined) throw new Error('The demo customer has an agent.');
  return first;
}
