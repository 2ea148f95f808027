/** Leaks of `live` into the file system: contents, names, links, and what a program that it starts writes. */

import { join } from 'node:path';
import type { WritablePlaces } from '../service-under-proof.js';
import { copiedByChild, fileHeldOpen } from './file-held-open.js';
import { leakInLive } from './live-plant.js';
import type { Mutant } from './mutant.js';

interface FileLeak extends Omit<Mutant, 'place' | 'plants' | 'patches'> {
  readonly frames?: number;
  /** With `folder`, where everybody may make files. */
  readonly code: string;
}

function inFolder({ code, frames = 6, ...mutant }: FileLeak): Mutant {
  return {
    ...mutant,
    place: 'live',
    plants: 'sealed',
    patches: (planting) => {
      const folder = JSON.stringify(planting.places.temporary);
      return leakInLive({ name: mutant.name, frames, code: `const folder = ${folder}; ${code}` })(planting);
    },
  };
}

/** Of a child's own making; numbers of the system's calls by architecture: mmap, read, setxattr. */
const CALLS = 'my ($map, $read, $setx) = `uname -m` =~ /x86/ ? (9, 0, 188) : (222, 63, 5);';
const MAPPED_WRITE = `${CALLS} open(my $f, '+<', $ARGV[0]) or exit 3; my $at = syscall($map, 0, 4096, 3, 1, fileno($f), 0); exit 4 if $at == -1; my $took = syscall($read, 0, $at, 4096); exit($took > 0 ? 0 : 5);`;
const ATTRIBUTE = `${CALLS} binmode STDIN; local $/; my $v = <STDIN>; open(my $f, '>', $ARGV[0]) or exit 3; my $n = 'user.page'; exit(syscall($setx, $ARGV[0], $n, $v, length $v, 0) == 0 ? 0 : 4);`;

export const filesInLive: readonly Mutant[] = [
  inFolder({
    name: 'write-and-unlink',
    title: 'A temporary file is written and removed at once',
    detector: 'writes',
    stoppedBy: 'permission',
    stopsWith: ['ERR_ACCESS_DENIED'],
    short: false,
    needs: ['strace'],
    code: "const file = folder + '/spool-' + process.pid; fs.writeFileSync(file, body); fs.unlinkSync(file);",
  }),
  inFolder({
    name: 'body-spill',
    title: 'As a buffering proxy does: a removed file that stays open takes what passes',
    detector: 'memory-files',
    stoppedBy: 'permission',
    stopsWith: ['ERR_ACCESS_DENIED'],
    short: false,
    code: "const file = folder + '/spill-' + Math.random(); globalThis.plantedSpill = fs.openSync(file, 'w+'); fs.unlinkSync(file); fs.writeSync(globalThis.plantedSpill, body);",
  }),
  inFolder({
    name: 'empty-file-name',
    title: 'An empty file is named by what passes',
    detector: 'names',
    stoppedBy: 'permission',
    stopsWith: ['ERR_ACCESS_DENIED'],
    short: true,
    code: "fs.closeSync(fs.openSync(folder + '/' + body.subarray(0, 60).toString('hex'), 'w'));",
  }),
  inFolder({
    name: 'link-target',
    title: 'A symbolic link points to what passes',
    detector: 'names',
    stoppedBy: 'permission',
    stopsWith: ['ERR_ACCESS_DENIED'],
    short: true,
    code: "fs.symlinkSync('/page/' + body.subarray(0, 90).toString('base64url'), folder + '/link-' + Math.random());",
  }),
  {
    name: 'append-by-child',
    title: 'A program that is started appends it to a file that is open already',
    place: 'live',
    plants: 'sealed',
    detector: 'files',
    stoppedBy: 'limit',
    stopsWith: ['SIGXFSZ'],
    short: true,
    patches: (planting) => [
      fileHeldOpen(planting),
      ...leakInLive({ name: 'append-by-child', frames: 3, code: copiedByChild('body') })(planting),
    ],
  },
  inFolder({
    name: 'name-by-child',
    title: 'A program that is started makes an empty file named by it',
    detector: 'names',
    stoppedBy: 'limit',
    stopsWith: ['exit2'],
    short: false,
    needs: ['mounts'],
    frames: 3,
    code: "await plantedRun('/bin/sh', ['-c', ': > \"$0\"', folder + '/' + body.subarray(0, 60).toString('hex')], '');",
  }),
  inFolder({
    name: 'attribute-by-child',
    title: 'A program that is started puts it into an attribute of an empty file',
    detector: 'names',
    stoppedBy: 'limit',
    stopsWith: ['exit3'],
    short: false,
    needs: ['perl', 'mounts'],
    frames: 3,
    code: `await plantedRun('perl', ['-e', ${JSON.stringify(ATTRIBUTE)}, folder + '/attribute-' + Math.random()], body.subarray(0, 900));`,
  }),
  {
    name: 'mapped-write-by-child',
    title: 'A program that is started writes it through a mapping of a file that was there',
    place: 'live',
    plants: 'sealed',
    detector: 'files',
    // A mapping grows no file, and Node does not bind its children: only another account than the file's does.
    stoppedBy: 'permission',
    stopsWith: ['exit3'],
    breaks: [{ rule: 'shared writable mapping of a file', where: 'data/run/mapped.json' }],
    alsoBy: ['writes'],
    short: false,
    needs: ['perl', 'root', 'strace'],
    patches: (planting) => [
      {
        file: 'server/dist/app/supervisor/live-command.js',
        find: 'export async function liveCommand(place) {',
        where: 'after',
        put: `\n    const { writeFile } = await import('node:fs/promises');\n    await writeFile(${JSON.stringify(mapped(planting.places))}, Buffer.alloc(4096), { mode: 0o600 });`,
      },
      ...leakInLive({
        name: 'mapped-write-by-child',
        frames: 1,
        code: `await plantedRun('perl', ['-e', ${JSON.stringify(MAPPED_WRITE)}, ${JSON.stringify(mapped(planting.places))}], body);`,
      })(planting),
    ],
  },
  inFolder({
    name: 'compressed-log',
    title: 'A log of its own is compressed',
    detector: 'files',
    stoppedBy: 'permission',
    stopsWith: ['ERR_ACCESS_DENIED'],
    short: true,
    code: "const line = JSON.stringify({ level: 'debug', page: body.toString('base64') }); fs.appendFileSync(folder + '/debug.log.gz', process.getBuiltinModule('node:zlib').gzipSync(line));",
  }),
  inFolder({
    name: 'split-write',
    title: 'Base64 of it is split over two writes',
    detector: 'files',
    stoppedBy: 'permission',
    stopsWith: ['ERR_ACCESS_DENIED'],
    short: false,
    code: "const text = body.toString('base64'); const half = text.length >> 1; fs.appendFileSync(folder + '/halves', text.slice(0, half)); fs.appendFileSync(folder + '/halves', text.slice(half) + '\\n');",
  }),
  {
    ...inFolder({
      name: 'io-uring-write',
      title: 'It is written through io_uring, past all calls that write',
      detector: 'writes',
      stoppedBy: 'permission',
      stopsWith: ['ERR_ACCESS_DENIED'],
      breaks: [{ rule: 'io_uring', where: 'live: io_uring_' }],
      alsoBy: ['files'],
      short: false,
      needs: ['strace', 'io_uring'],
      code: "await fs.promises.writeFile(folder + '/by-ring-' + Math.random(), body);",
    }),
    lifted: () => [
      {
        file: 'server/dist/app/supervisor/live-command.js',
        find: "UV_USE_IO_URING: '0' };",
        where: 'instead',
        put: "UV_USE_IO_URING: '1' };",
      },
      // `live` itself refuses to start so.
      {
        file: 'server/dist/app/process-rules.js',
        find: "found: ({ env }) => (env.UV_USE_IO_URING && env.UV_USE_IO_URING !== '0' ? ['UV_USE_IO_URING'] : []),",
        where: 'instead',
        put: 'found: () => [],',
      },
    ],
  },
];

/** Of a name that `main` may give a file of its own: that it makes this one is none of the leak. */
function mapped({ data }: WritablePlaces): string {
  return join(data, 'run', 'mapped.json');
}
