/** One setting of the installation: how its text is read, and what is wrong with it if it cannot be. */

import { refuseInvalidated } from '@alongside/transfer';
import { readTurnUrl } from '../live/call/turn-url.js';

export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: string };

export interface Setting<T> {
  /** As it is shown in the table; the value itself when `fallback` is a text. */
  readonly shownDefault: string;
  /** Read when the variable is not set or empty. */
  readonly fallback: string | undefined;
  readonly meaning: string;
  read(text: string): Reading<T>;
}

interface Described {
  readonly default: string;
  readonly meaning: string;
}

interface DescribedOptional {
  readonly otherwise: string;
  readonly meaning: string;
}

type Read<T> = (text: string) => Reading<T>;

/** A setting with a value in any case. */
export function setting<T>(described: Described, read: Read<T>): Setting<T> {
  return {
    shownDefault: `\`${described.default}\``,
    fallback: described.default,
    meaning: described.meaning,
    read,
  };
}

/** A setting that may be absent; `otherwise` says in words what happens then. */
export function optional<T>(described: DescribedOptional, read: Read<T>): Setting<T | undefined> {
  return { shownDefault: described.otherwise, fallback: undefined, meaning: described.meaning, read };
}

export const text: Read<string> = (value) => good(value);

/** By the name that contracts and lists give it: one of a framework that was struck down covers nothing. */
export const organisation: Read<string> = (value) => {
  const refused = refuseInvalidated(value);
  return refused === undefined
    ? good(value)
    : { ok: false, fault: `is refused: ${refused.sentence.replace(/\.$/, '')}` };
};

export const port: Read<number> = (value) => {
  const number = Number(value);
  return /^\d{1,5}$/.test(value) && number <= 65_535 ? good(number) : bad('a port from 0 to 65535');
};

export const count: Read<number> = (value) => {
  const number = Number(value);
  return /^\d{1,4}$/.test(value) && number > 0 ? good(number) : bad('a whole number from 1 on');
};

export const country: Read<string> = (value) =>
  /^[A-Z]{2}$/.test(value) ? good(value) : bad('a country in two capital letters, as FI');

export const address: Read<string> = (value) =>
  /^[0-9a-fA-F.:]+$|^localhost$/.test(value) ? good(value) : bad('an IP address, as 127.0.0.1');

/** One, or one of each family. */
export const addressPair: Read<readonly string[]> = (value) => {
  const list = value.split(',').map((each) => each.trim());
  return list.length <= 2 && list.every((each) => address(each).ok)
    ? good(list)
    : bad('an IP address, or one of IPv4 and one of IPv6 with a comma between');
};

/** Addresses or names, one or one of each family. */
export const hostPair: Read<readonly string[]> = (value) => {
  const list = value.split(',').map((each) => each.trim());
  return list.length <= 2 && list.every((each) => /^[a-z0-9.:-]+$/i.test(each))
    ? good(list)
    : bad('an address or a name, or two with a comma between');
};

export const turnUrls: Read<readonly string[]> = (value) => {
  const list = value.split(',').map((each) => each.trim());
  return list.every((each) => readTurnUrl(each) !== undefined)
    ? good(list)
    : bad('addresses as turn:turn.example:3478?transport=udp or turns:turn.example:443, with commas between');
};

/** Scheme, name and port, and nothing behind them. */
export const origin: Read<string> = (value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!isWeb || url === undefined || !/^https?:\/\/[^/]+\/?$/.test(value)) {
    return bad('an http(s) address without a path, as https://help.example');
  }
  return good(url.origin);
};

export const postgresUrl: Read<string> = (value) =>
  URL.canParse(value) && /^postgres(ql)?:/.test(value) ? good(value) : bad('a postgres:// address');

export const socketUrl: Read<string> = (value) =>
  URL.canParse(value) && /^wss?:/.test(value) ? good(value) : bad('a ws:// or wss:// address');

export const addresses: Read<readonly string[]> = (value) => {
  const list = value.split(',').map((each) => each.trim());
  return list.every((each) => /^[0-9a-fA-F.:]+(\/\d{1,3})?$/.test(each))
    ? good(list)
    : bad('IP addresses or networks with commas between, as 10.0.0.0/8');
};

/** Names or addresses with their ports. */
export const places: Read<readonly string[]> = (value) => {
  const list = value.split(',').map((each) => each.trim());
  return list.every((each) => /^[a-z0-9.:-]+:\d{1,5}$/i.test(each))
    ? good(list)
    : bad('host:port with commas between, as store.internal:8443');
};

export const secret: Read<string> = (value) =>
  value.length >= 32 ? good(value) : bad('at least 32 characters');

export const yesOrNo: Read<boolean> = (value) =>
  value === 'on' || value === 'off' ? good(value === 'on') : bad('on or off');

/** One of a closed list. */
export function oneOf<const T extends string>(choices: readonly T[]): Read<T> {
  return (value) => {
    const found = choices.find((choice) => choice === value);
    return found === undefined ? bad(choices.join(' or ')) : good(found);
  };
}

export const identifier: Read<string> = (value) =>
  /^[a-z0-9-]{1,40}$/.test(value) ? good(value) : bad('small letters, digits and hyphens');

function good<T>(value: T): Reading<T> {
  return { ok: true, value };
}

function bad<T>(wanted: string): Reading<T> {
  return { ok: false, fault: `must be ${wanted}` };
}
