/** Passwords: argon2id with 19 MiB and two passes, and the few that are refused outright. */

import { hash, verify } from '@node-rs/argon2';

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

/** Takes as long for an account that does not exist, so that the time tells nothing. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const matches = await verify(kept ?? (await stranger), password.normalize('NFKC'), cost);
  return matches && kept !== null;
}

const stranger = hash('no account has this password', cost);

const widelyUsed = ['password', 'passwort', '123456789', 'qwertyuiop', 'letmein', 'iloveyou'];

/** The schema asks for twelve characters; this refuses what twelve characters can still be. */
export function isWeak(password: string, email: string): boolean {
  const lower = password.toLowerCase();
  const local = email.split('@')[0] ?? '';
  if (new Set(lower).size < 5) return true;
  if (local.length >= 4 && lower.includes(local)) return true;
  return widelyUsed.some((each) => lower.replaceAll(each, '').length < 4);
}
