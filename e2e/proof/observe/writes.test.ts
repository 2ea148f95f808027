/** Recorded lines of strace: what a leak looks like in them, and what a clean run does. */

import { expect, test } from 'vitest';
import type { WritablePlaces } from '../service-under-proof.js';
import { goldenFileFor, shownPath } from './golden-files.js';
import { SeenCalls } from './seen-calls.js';
import { StraceLines } from './strace-lines.js';
import { firstTarget, quotedStrings } from './strace-text.js';

const places: WritablePlaces = {
  root: '/arena',
  data: '/arena/data',
  temporary: '/arena/temporary',
  home: '/arena/home',
  logs: '/arena/logs',
  dumps: '/arena/dumps',
  profiles: '/arena/profiles',
};

const LIVE =
  '7 execve("/usr/bin/node", ["node", "--permission", "/arena/temporary/alongside-live-1-x/live-main.mjs", "--supervised"], 0x1 /* 3 vars */) = 0';

function seen(...lines: readonly string[]) {
  const calls = new SeenCalls((path) => path.startsWith('/arena/data/postgres/cluster/'));
  calls.sessionAt({ livePort: 3001, framesPath: '/frames', pagePorts: [3003] });
  const whole = new StraceLines();
  for (const line of [LIVE, ...lines]) {
    const call = whole.next(line);
    if (call !== undefined) calls.next(call);
  }
  for (const call of whole.left()) calls.next(call);
  const written = [...calls.written()].map(({ by, target, pieces }) => [
    by,
    target,
    Buffer.concat(pieces).toString('latin1'),
  ]);
  const broken = [...calls.judged()]
    .filter(({ path, by }) => goldenFileFor(path, by, places) === undefined)
    .map(({ by, call, path, rule }) => `${by}: ${call} ${path}: ${rule}`);
  return { written, broken, bytesToSession: calls.bytesToSession };
}

test('the escapes of strace become the bytes they stand for', () => {
  const [text] = quotedStrings(String.raw`"a\"b\\\n\0\0011\377\x1b\33z"`);
  expect(text?.bytes).toEqual(Buffer.from('a"b\\\n\0\x011\xff\x1b\x1bz', 'latin1'));
  expect(quotedStrings('[{iov_base="ab", iov_len=2}, {iov_base="cd"..., iov_len=9}]')).toEqual([
    { before: '[{iov_base=', bytes: Buffer.from('ab'), cut: false },
    { before: ', iov_len=2}, {iov_base=', bytes: Buffer.from('cd'), cut: true },
  ]);
});

test('a descriptor leads to a file, a device or a socket', () => {
  expect(firstTarget('5<TCPv6:[[::1]:1->[::1]:2]>, "x"')).toEqual({
    target: 'TCPv6:[[::1]:1->[::1]:2]',
    rest: ', "x"',
  });
  expect(firstTarget('1</dev/null<char 1:3>>, "x"').target).toBe('/dev/null');
  expect(firstTarget(String.raw`1</tmp/x\74y\76\"z\\n>(deleted), "x"`).target).toBe('/tmp/x<y>"z\\n');
  expect(firstTarget('9<UNIX-STREAM:[1->2,"/a/b"]>, "x"').rest).toBe(', "x"');
});

test('what goes to a frames’ socket belongs there; signalling, pipes and files do not count as one', () => {
  const frames = '20<TCP:[127.0.0.1:3001->127.0.0.1:5000]>';
  const signals = '21<TCP:[127.0.0.1:3001->127.0.0.1:5001]>';
  const { written, bytesToSession } = seen(
    `7 read(${frames},  <unfinished ...>`,
    String.raw`7 <... read resumed>"GET /frames?v=1 HTTP/1.1\r\nHost: x\r\n", 65536) = 30`,
    String.raw`7 read(${signals}, "GET /socket.io/?EIO=4 HTTP/1.1\r\n", 65536) = 30`,
    `7 write(${frames}, "sealed", 6) = 6`,
    `7 write(${signals}, "leaked ", 7 <unfinished ...>`,
    '7 <... write resumed>) = 7',
    `7 write(${signals}, "in two", 6) = 6`,
    '7 write(22<TCP:[127.0.0.1:3003->127.0.0.1:5002]>, "page", 4) = 4',
    '7 write(5<anon_inode:[eventfd]>, "\\1", 8) = 8',
    '9 execve("/x/bin/postgres", ["/x/bin/postgres", "-D", "/arena/data/postgres/cluster"], 0x1 /* 2 vars */) = 0',
    '9 pwrite64(6</arena/data/postgres/cluster/base/1>, "row", 3, 0) = 3',
    '10 pwrite64(6</arena/data/postgres/cluster/base/1>, "early", 5, 0) = 5',
    '9 clone(child_stack=NULL, flags=SIGCHLD) = 10',
    '7 pwrite64(6</arena/data/postgres/cluster/base/2>, "strange", 7, 0) = 7',
    '7 write(8</arena/temporary/x>, "blocked", 7) = -1 EFBIG (File too large)',
    '7 writev(1<pipe:[77]>, [{iov_base="log ", iov_len=4}, {iov_base="line", iov_len=4}], 2 <unfinished ...>',
  );
  expect(bytesToSession).toBe(6);
  expect(written).toEqual([
    ['live', 'TCP:[127.0.0.1:3001->127.0.0.1:5001]', 'leaked in two'],
    ['live', '/arena/data/postgres/cluster/base/2', 'strange'],
    ['live', 'pipe:[77]', 'log line'],
  ]);
});

test('a file, a mapping, a ring or a memory file outside the list breaks a rule, an attempt that failed does not', () => {
  const { broken } = seen(
    '7 openat(AT_FDCWD</arena>, "/arena/temporary/leak", O_WRONLY|O_CREAT, 0666) = 9</arena/temporary/leak>',
    '7 openat(AT_FDCWD</arena>, "/arena/temporary/no", O_WRONLY|O_CREAT, 0666) = -1 EACCES (Permission denied)',
    '7 openat(AT_FDCWD</arena>, "/etc/passwd", O_RDONLY|O_CLOEXEC) = 9</etc/passwd>',
    '7 openat(AT_FDCWD</arena>, "/dev/null", O_RDWR|O_CLOEXEC) = 9</dev/null<char 1:3>>',
    '7 symlinkat("content", AT_FDCWD</arena/home>, "link") = 0',
    '7 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 9</arena/home/map>, 0) = 0x7f',
    '7 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED|MAP_ANONYMOUS, -1, 0) = 0x7f',
    '7 mmap(NULL, 4096, PROT_READ, MAP_SHARED, 9</arena/home/map>, 0) = 0x7f',
    '7 io_uring_setup(64, {flags=0}) = 9<anon_inode:[io_uring]>',
    '7 memfd_create("x", 0) = 9</memfd:x>(deleted)',
    '7 clone3({flags=CLONE_VM}, 88) = 8',
    '8 openat(AT_FDCWD</arena>, "/arena/data/run/main.json", O_WRONLY|O_CREAT, 0600) = 9</arena/data/run/main.json>',
  );
  expect(broken).toEqual([
    'live: openat /arena/temporary/leak: file opened for writing',
    'live: symlinkat /arena/home/link: file opened for writing',
    'live: mmap /arena/home/map: shared writable mapping of a file',
    'live: io_uring_setup : io_uring',
    'live: memfd_create : memory as a file',
    'live: openat /arena/data/run/main.json: file opened for writing',
  ]);
});

test('a mapping that becomes writable, a socket with a name, shared blocks and a key break rules; each in its harmless form does not', () => {
  const { broken } = seen(
    '7 mmap(NULL, 8192, PROT_READ, MAP_SHARED, 9</arena/home/map>, 0) = 0x7f0000001000',
    '7 mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, 9</arena/home/own>, 0) = 0x7f0000009000',
    '7 mprotect(0x7f0000002000, 4096, PROT_READ|PROT_WRITE) = 0',
    '7 mprotect(0x7f0000003000, 4096, PROT_READ|PROT_WRITE) = 0',
    '7 mprotect(0x7f0000009000, 4096, PROT_READ|PROT_WRITE) = 0',
    '7 bind(9<UNIX-STREAM:[77]>, {sa_family=AF_UNIX, sun_path="/arena/home/content"}, 110) = 0',
    '7 bind(9<UNIX-STREAM:[78]>, {sa_family=AF_UNIX, sun_path=@"abstract"}, 110) = 0',
    '7 bind(9<TCP:[79]>, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
    '7 ioctl(9</arena/home/clone>, FICLONE, 8</arena/home/first>) = 0',
    '7 ioctl(9<TCP:[79]>, FIONBIO, [1]) = 0',
    '7 keyctl(KEYCTL_UPDATE, 5, "content", 7) = 0',
  );
  expect(broken).toEqual([
    'live: mprotect /arena/home/map: shared writable mapping of a file',
    'live: bind /arena/home/content: file opened for writing',
    'live: ioctl /arena/home/clone: copied without being seen',
    'live: keyctl : kernel store',
  ]);
});

test('of the keys only those of the installation may be written, each by its name', () => {
  const path = (name: string) => goldenFileFor(`/arena/data/keys/${name}`, 'records', places);
  for (const name of ['ticket-key.pem', 'access-token-key.pem.12', 'journal-secret', 'journal-secret.next'])
    expect(path(name), name).toBeDefined();
  for (const name of ['page.txt', 'ticket-key.pem.x', 'other-key.pem'])
    expect(path(name), name).toBeUndefined();
});

test('Postgres names files from its own folder, which nobody else may', () => {
  const { broken } = seen(
    '9 execve("/usr/bin/unshare", ["unshare", "--", "/x/bin/postgres", "-D", "/arena/data/postgres/cluster"], 0x1) = 0',
    '9 execve("/x/bin/postgres", ["/x/bin/postgres", "-D", "/arena/data/postgres/cluster"], 0x1 /* 2 vars */) = 0',
    '9 clone(child_stack=NULL, flags=SIGCHLD) = 10',
    '10 rename("pg_wal/xlogtemp.1", "pg_wal/000000010000000000000002") = 0',
    '10 mkdir("base/5", 0700) = 0',
    '7 mkdir("base/5", 0700) = 0',
    '10 mkdir("/arena/home/x", 0700) = 0',
  );
  expect(broken).toEqual([
    'live: mkdir ./base/5: file opened for writing',
    'postgres: mkdir /arena/home/x: file opened for writing',
  ]);
});

test('a place shows no name that looks like content', () => {
  expect(shownPath('/arena/temporary/abcdefghijklmnopqrstuvwx/a.txt', places)).toBe(
    'temporary/(name withheld)/a.txt',
  );
});
