/** Which pixels of a small picture belong to a person, by a model that runs in this worker and asks nobody else. */

/// <reference path="./tflite-module.d.ts" />

import createModule from '@twilio/video-processors/dist/build/tflite-simd-1-0-0.js';
import { LOOK_HEIGHT, LOOK_WIDTH } from './look-size.js';

export interface PersonFinder {
  /** From the picture's RGBA bytes, how sure it is of each pixel, from 0 to 1; valid until the next call. */
  find(pixels: Uint8ClampedArray): Float32Array;
}

const programUrl = new URL('@twilio/video-processors/dist/build/tflite-simd-1-0-0.wasm', import.meta.url);
const modelUrl = new URL(
  '@twilio/video-processors/dist/build/selfie_segmentation_landscape.tflite',
  import.meta.url,
);
const PIXELS = LOOK_WIDTH * LOOK_HEIGHT;
const FLOAT_BYTES = 4;
/** Long enough for a slow line; all of the picture is covered meanwhile. */
const LOADS_WITHIN_MS = 30_000;

export async function loadPersonFinder(): Promise<PersonFinder> {
  const [wasmBinary, model] = await Promise.all([bytesOf(programUrl), bytesOf(modelUrl)]);
  const quiet = (): void => undefined;
  const program = await createModule({ wasmBinary, print: quiet, printErr: quiet });
  program.HEAPU8.set(model, program._getModelBufferMemoryOffset());
  const failed = program._loadModel(model.byteLength);
  const isOther = program._getInputWidth() !== LOOK_WIDTH || program._getInputHeight() !== LOOK_HEIGHT;
  if (failed !== 0 || isOther) throw new TypeError('The model is not the one that this was made for.');
  const input = program._getInputMemoryOffset() / FLOAT_BYTES;
  const output = program._getOutputMemoryOffset() / FLOAT_BYTES;
  return {
    find(pixels) {
      // Read anew each time: memory that grew is another view.
      const { HEAPF32 } = program;
      for (let at = 0; at < PIXELS; at += 1) {
        for (let channel = 0; channel < 3; channel += 1)
          HEAPF32[input + at * 3 + channel] = (pixels[at * 4 + channel] ?? 0) / 255;
      }
      if (program._runInference() !== 0) throw new TypeError('The model did not run.');
      return program.HEAPF32.subarray(output, output + PIXELS);
    },
  };
}

async function bytesOf(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(LOADS_WITHIN_MS) });
  if (!answer.ok) throw new TypeError('A part of the model is not there.');
  return new Uint8Array(await answer.arrayBuffer());
}
