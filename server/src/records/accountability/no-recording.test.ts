/** Calls and pages are recorded by nobody: nothing that is built reaches for what could. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../../../', import.meta.url);
const folders = ['server/src', 'visitor-sdk/src', 'agent-console/src', 'packages'];
/**
 * Of browsers: the recorder, and streams out of an element. Of the media server: where packets could be led aside,
 * events that tell of each packet, and observers of more than levels.
 */
const recorders =
  /MediaRecorder|captureStream|createPlainTransport|createDirectTransport|createPipeTransport|pipeToRouter|enableTraceEvent|createActiveSpeakerObserver/;

/** A page that is shown in a call is sent as the canvas on which its private parts are covered. */
const covering = 'visitor-sdk/src/call/share/burnt-picture.ts';
const textOf = (name: string) => readFileSync(new URL(name, root), 'utf8');

it('[KV6] names no recorder of sound or pictures, and no way around for packets', () => {
  const files = folders
    .flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name}`,
      ),
    )
    .filter(
      (name) => /\.tsx?$/.test(name) && !/\.test\.ts$|node_modules|\/(?:dist|test|testkit)\//.test(name),
    );
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((name) => recorders.test(textOf(name)))).toEqual([covering]);
  // Once, of the canvas that it covers itself, and none of the others.
  expect(textOf(covering).match(new RegExp(recorders, 'g'))).toEqual(['captureStream']);
});
