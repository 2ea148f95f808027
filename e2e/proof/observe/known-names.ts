/** Which files may come to be in the places of a service: those that a process may open, and whose names are known. */

import type { WritablePlaces } from '../service-under-proof.js';
import { goldenFileFor } from './golden-files.js';
import { programNames } from './traced-programs.js';

interface KnownName {
  readonly below: keyof WritablePlaces;
  readonly path: RegExp;
  readonly reason: string;
}

export const knownNames: readonly KnownName[] = [
  { below: 'profiles', path: /^.*$/, reason: 'of the browsers, searched by the detector of their profiles' },
  {
    below: 'logs',
    path: /^service\.log$/,
    reason: 'what the processes say, searched by the detector of logs',
  },
  {
    below: 'root',
    path: /^(?:data|temporary|home|logs|dumps|profiles|shared-memory)?$/,
    reason: 'the places themselves',
  },
  {
    below: 'root',
    path: /^shared-memory\/PostgreSQL\.\d+$/,
    reason: 'memory that processes of Postgres share; looked through before it stops',
  },
  {
    below: 'root',
    path: /^shared-memory\/\.(?:org\.chromium\.Chromium|com\.google\.Chrome)\.\w+$/,
    reason: 'memory that processes of a browser share, without a name as soon as it is made',
  },
  {
    below: 'temporary',
    path: /^alongside-copy-\w+(?:\/.*)?$/,
    reason: 'the throw-away copy of the program that is examined',
  },
  {
    below: 'temporary',
    path: /^(?:playwright|pulse-|\.?org\.chromium\.Chromium|\.?com\.google\.Chrome)[\w.-]*(?:\/.*)?$/,
    reason: 'of the browsers, searched as files all the same',
  },
  {
    below: 'temporary',
    path: /^alongside-proof-[\w-]+(?:\/.*)?$/,
    reason: 'of the examination itself: the pipe of the calls, the copy of the cluster',
  },
  {
    below: 'dumps',
    path: /^planted-dumps(?:\/.*)?$/,
    reason:
      'images of memory that the examination leaves on purpose, which the detector of dumps has to find',
  },
  {
    below: 'home',
    path: /^(?:\.cache|\.config|\.local|\.pki)(?:\/.*)?$/,
    reason: 'of the browsers, searched as files all the same',
  },
];

export function isKnownName(path: string, places: WritablePlaces): boolean {
  if (knownNames.some(({ below, path: pattern }) => matches(path, places[below], pattern))) return true;
  return programNames.some((by) => goldenFileFor(path, by, places) !== undefined);
}

function matches(path: string, folder: string, pattern: RegExp): boolean {
  if (path === folder) return pattern.test('');
  return path.startsWith(`${folder}/`) && pattern.test(path.slice(folder.length + 1));
}
