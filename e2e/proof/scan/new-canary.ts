/** Makes the tokens that a run plants: long and random enough that no medium holds one by chance. */

import { randomInt } from 'node:crypto';
import type { Canary } from '../wanted.js';

/** Neither JSON nor an address nor HTML has to escape any of these. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const TOKEN_LENGTH = 24;

export function newToken(): string {
  return Array.from({ length: TOKEN_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

export function newCanary(channel: string): Canary {
  return { channel, token: newToken() };
}
