/** The files that the processes of a service may open for writing, make, rename or link: everything else is a finding. */

import type { WritablePlaces } from '../service-under-proof.js';
import type { ProgramName } from './traced-programs.js';

export interface GoldenFile {
  readonly by: readonly ProgramName[];
  /** Where it begins: a place of the service, or the system. */
  readonly below: keyof WritablePlaces | 'system';
  /** Of the rest of the path. */
  readonly path: RegExp;
  readonly reason: string;
}

const ANY: readonly ProgramName[] = ['main', 'live', 'records', 'shop', 'postgres', 'media-worker', 'other'];

/** `live` and the media worker are in it once: for the device that forgets everything. */
export const goldenFiles: readonly GoldenFile[] = [
  {
    by: ANY,
    below: 'system',
    path: /^\/dev\/(?:null|tty)$/,
    reason: 'forgets everything, or shows it to a person at once',
  },
  {
    by: ['main'],
    below: 'data',
    path: /^(?:run|keys|demo|postgres)?$/,
    reason: 'the folders of the installation',
  },
  {
    by: ['main'],
    below: 'data',
    path: /^run\/[a-z]+\.json$/,
    reason: 'numbers of its processes, so that a start after a kill finds what is left',
  },
  {
    by: ['main', 'records'],
    below: 'data',
    path: /^keys(?:\/(?:journal-secret(?:\.next)?|(?:ticket|access-token|delivery)-key\.pem(?:\.\d+)?))?$/,
    reason: 'keys and secrets of the installation, made at its first start',
  },
  {
    by: ['main', 'records'],
    below: 'data',
    path: /^ledger(?:\/erasures(?:\.new)?)?$/,
    reason: 'hashes of what was erased, so that a restored database erases it again',
  },
  {
    by: ['main'],
    below: 'data',
    path: /^demo\/sign-in\.json(?:\.next)?$/,
    reason: 'sign-ins of the demo customer, printed at the start',
  },
  {
    by: ['main'],
    below: 'data',
    path: /^postgres\/(?:supervisor\.lock(?:\.[\w-]+)?|passwords\.json(?:\.next)?|postgres\.log)$/,
    reason: 'lock, passwords and log of the embedded Postgres; the log is searched by its own detector',
  },
  {
    by: ['main'],
    below: 'data',
    path: /^postgres\/(?:libraries|cluster\.unfinished|cluster)(?:\/.*)?$/,
    reason: 'links to the libraries of Postgres, and its cluster while it is made',
  },
  {
    by: ['postgres'],
    below: 'data',
    path: /^postgres\/cluster(?:\.unfinished)?(?:\/.*)?$/,
    reason: 'the database itself: read by the detectors for SQL, for its log of changes and for files',
  },
  {
    by: ['postgres'],
    below: 'system',
    path: /^\.\/(?:base|global|pg_\w+|postmaster\.\w+|current_logfiles|postgresql\.\w+\.conf)(?:[./].*)?$/,
    reason: 'its processes work in the folder of the cluster and name files from there',
  },
  {
    by: ['postgres', 'other'],
    below: 'system',
    path: /^\/dev\/shm\/PostgreSQL\.\d+$/,
    reason: 'memory that processes of Postgres share; looked through before it stops',
  },
  {
    by: ['postgres', 'other'],
    below: 'system',
    path: /^\/proc\/(?:self|\d+)\/(?:uid_map|gid_map|setgroups|oom_score_adj)$/,
    reason: 'the kernel’s own switches for an account without rights',
  },
  {
    by: ['main'],
    below: 'temporary',
    path: /^alongside-live-\d+-\w+(?:\/(?:live-main\.(?:mjs|cjs|compiled)|mediasoup-worker))?$/,
    reason: 'the program of live, laid where its account can read it',
  },
  {
    by: ['main', 'other'],
    below: 'temporary',
    path: /^alongside-live-\d+-\w+\/live-main\.mjs$/,
    reason: 'the bundler of that program writes it',
  },
];

/** Undefined when the list has none for it. */
export function goldenFileFor(path: string, by: ProgramName, places: WritablePlaces): GoldenFile | undefined {
  return goldenFiles.find((golden) => {
    const rest = restOf(path, golden.below, places);
    return rest !== undefined && golden.by.includes(by) && golden.path.test(rest);
  });
}

function restOf(path: string, below: GoldenFile['below'], places: WritablePlaces): string | undefined {
  if (below === 'system') return path;
  const folder = places[below];
  if (path === folder) return '';
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

/** A path as a report may show it: a name that looks like content is left out. */
export function shownPath(path: string, places: WritablePlaces): string {
  const place = (['data', 'temporary', 'home', 'logs', 'dumps', 'profiles', 'root'] as const).find(
    (name) => restOf(path, name, places) !== undefined,
  );
  return namesShown(place === undefined ? path : `${place}/${restOf(path, place, places) ?? ''}`);
}

export function namesShown(path: string): string {
  return path
    .split('/')
    .map((name) => (/[A-Za-z0-9+_=-]{20,}|[^\x20-\x7e]/.test(name) ? '(name withheld)' : name))
    .join('/');
}
