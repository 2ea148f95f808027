/** How a leak is planted in `live`: at the one place where every frame of a visitor passes, after its check. */

import type { Patch } from '../copy/patch.js';
import type { Planting, Slice } from './mutant.js';

const ROOM = 'server/dist/live/relay/relay-room.js';
const DATA = 1;
const SNAPSHOT = 2;
/** Less than is waited for the end of all attempts. */
const ANSWER_MS = 10_000;

interface Leak {
  readonly name: string;
  /** How many frames it takes at most. */
  readonly frames: number;
  /**
   * JavaScript with `fs` and `body`, the frame's bytes behind its clear header; and `room`. It ends as `done`, with
   * the code of what it throws, or with the one that it returns.
   */
  readonly code: string;
}

/** Of the sealed stream, this mutant's own frames. */
export function leakInLive(leak: Leak): (planting: Planting) => readonly Patch[] {
  return ({ slice }) => [atEachFrame(leak, ofSlice(slice))];
}

/** Of snapshots, which the copy's SDK leaves unsealed. They are told apart by where they end up. */
export function leakPlaintextInLive(leak: Leak): Patch {
  return atEachFrame(leak, `bytes[0] === ${SNAPSHOT}`);
}

function atEachFrame({ name, frames, code }: Leak, condition: string): Patch {
  return {
    file: ROOM,
    find: 'this.#toAgents(checked.header, new Frame(bytes), now);',
    where: 'before',
    put: `if (${condition}) plantedAttempt('${name}', ${frames}, bytes, async (fs, body, room) => { ${code} }, this.#deps.engagementId);\n        `,
  };
}

function ofSlice({ own, of }: Slice): string {
  return `bytes[0] === ${DATA} && new DataView(bytes.buffer, bytes.byteOffset).getUint32(8) % ${of} === ${own}`;
}

/**
 * Tells of each attempt of a mutant that it began, and with which code it ended, on lines of its name and the code
 * alone: what was never tried, or never came to an end, must not count as stopped. `told.ts` reads them.
 */
export const attemptKit: Patch = {
  file: ROOM,
  find: 'export class RelayRoom {',
  where: 'before',
  put: `
const plantedFrames = new Map();
function plantedTell(name, what, code) {
    process.stderr.write(['planted', name, what, code].filter((word) => word !== undefined).join(' ') + '\\n');
}
function plantedCode(error) {
    const code = String(error?.code ?? error?.name ?? 'error');
    return /^\\w+$/.test(code) ? code : 'error';
}
async function plantedTry(name, leak) {
    plantedTell(name, 'attempted');
    let late;
    const given = new Promise((resolve) => { late = setTimeout(resolve, ${ANSWER_MS}, 'noAnswer'); });
    const code = await Promise.race([leak().then((told) => told ?? 'done', plantedCode), given]);
    clearTimeout(late);
    plantedTell(name, 'ended', code);
}
function plantedAttempt(name, frames, bytes, leak, room) {
    const taken = plantedFrames.get(name) ?? 0;
    if (taken >= frames) return;
    plantedFrames.set(name, taken + 1);
    void plantedTry(name, async () => leak(process.getBuiltinModule('node:fs'), Buffer.from(bytes.subarray(12)), room));
}
globalThis.plantedTry = plantedTry;
globalThis.plantedCode = plantedCode;
globalThis.plantedTell = plantedTell;
globalThis.plantedRun = (program, args, input, output = 'ignore') => new Promise((resolve, reject) => {
    const child = process.getBuiltinModule('node:child_process').spawn(program, args, { stdio: ['pipe', output, 'ignore'] });
    child.on('error', reject);
    child.stdin.on('error', () => undefined);
    child.on('exit', (code, signal) => code === 0 ? resolve() : reject({ code: signal ?? 'exit' + code }));
    child.stdin.end(input);
});
globalThis.plantedSend = (port, bytes) => new Promise((resolve, reject) => {
    const socket = process.getBuiltinModule('node:net').connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').setTimeout(5000, () => socket.destroy(new Error('late')));
    socket.on('data', (text) => { answer += text; });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    socket.end(bytes);
});
globalThis.plantedPost = (port, path, body) => new Promise((resolve, reject) => {
    const request = process.getBuiltinModule('node:http').request({ host: '127.0.0.1', port, path, method: 'POST' }, (response) => {
        response.resume().on('end', resolve);
    });
    request.on('error', reject);
    request.end(body);
});
`,
};
