/** Passwords: argon2id with 19 MiB and two passes, and the few that are refused outright. */

import { createRequire } from 'node:module';

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export async function hashPassword(password: string): Promise<string> {
  return argon2().hash(password.normalize('NFKC'), cost);
}

/** Takes as long for an account that does not exist, so that the time tells nothing. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  stranger ??= hashPassword('no account has this password');
  const other = await stranger;
  const matches = await argon2().verify(kept ?? other, password.normalize('NFKC'), cost);
  return matches && kept !== null;
}

/** Made for whoever signs in first, also where nobody is a stranger: no start waits for it, nor for its library. */
let stranger: Promise<string> | undefined;

/** Asked for in the one way that a program which comes compiled can ask for something later. */
function argon2(): typeof import('@node-rs/argon2') {
  return createRequire(import.meta.url)('@node-rs/argon2');
}

const widelyUsed = ['password', 'passwort', '123456789', 'qwertyuiop', 'letmein', 'iloveyou'];

/** The schema asks for twelve characters; this refuses what twelve characters can still be. */
export function isWeak(password: string, email: string): boolean {
  const lower = password.toLowerCase();
  const local = email.split('@')[0] ?? '';
  if (new Set(lower).size < 5) return true;
  if (local.length >= 4 && lower.includes(local)) return true;
  return widelyUsed.some((each) => lower.replaceAll(each, '').length < 4);
}
