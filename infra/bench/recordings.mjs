/** The recorded pages beside this file: their events, and the table that says how many there are and how large. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';

const folder = new URL('recordings/', import.meta.url);
const FEWEST_BATCHES = 50;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** @typedef {{ snapshot: readonly unknown[], batches: readonly (readonly unknown[])[] }} Session */

/** Writes one recording, and returns its line of the table. */
export async function writeRecording({ name, about, seconds, session }) {
  if (session.batches.length < FEWEST_BATCHES) throw new Error(`${name}: hardly anything was recorded`);
  const text = JSON.stringify(session);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(`${name}.json.gz`, folder), gzipSync(text, { level: 9 }));
  const events = session.batches.flat();
  const bytes = events.reduce((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)), 0);
  const round = (value) => Math.round(value * 10) / 10;
  return {
    ...{ name, about, seconds: round(seconds), events: events.length, batches: session.batches.length },
    eventsPerSecond: round(events.length / seconds),
    bytesAnEvent: Math.round(bytes / events.length),
    eventBytes: bytes,
    snapshotBytes: Buffer.byteLength(JSON.stringify(session.snapshot)),
    sha256: sha256(text),
  };
}

/** @param {readonly object[]} lines */
export async function writeRecordingTable(lines) {
  await writeFile(new URL('recordings.json', folder), `${JSON.stringify(lines, null, 2)}\n`);
}

/** Every recording of the table, and none that is another one than the table says. */
export async function readRecordings() {
  const table = JSON.parse(await readFile(new URL('recordings.json', folder), 'utf8'));
  const read = table.map(async (line) => {
    const text = gunzipSync(await readFile(new URL(`${line.name}.json.gz`, folder))).toString();
    if (sha256(text) !== line.sha256)
      throw new Error(`the recording ${line.name} is another one than was counted`);
    return { ...line, session: /** @type {Session} */ (JSON.parse(text)) };
  });
  return Promise.all(read);
}
