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

/**
 * Pictures of our own drawing that are sent in a call: the page with its private parts covered, the agent with what is
 * behind them covered, and grey where that cannot be.
 */
const covering = [
  'agent-console/src/engagement/call/background/agent-background.ts',
  'agent-console/src/engagement/call/background/covered-tracks.ts',
  'visitor-sdk/src/call/share/burnt-picture.ts',
];
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
  expect(files.filter((name) => recorders.test(textOf(name))).sort()).toEqual(covering);
  // Once each, of the canvas that it draws on itself, and none of the others.
  for (const name of covering)
    expect(textOf(name).match(new RegExp(recorders, 'g'))).toEqual(['captureStream']);
});
