/** The call of an engagement: the agent has to hear the canary in its tones, and see it in its squares. */

import { expect } from '../../agent/patient-expect.js';
import { talk } from '../../journey/meet.js';
import { until } from '../../service/until.js';
import { readCall } from './media-spy.js';
import type { Scene } from './scene.js';
import { SQUARES, seenIn } from './squares.js';
import { heardIn } from './tones.js';

/** Enough for tones of up to 4 kHz. */
const SAMPLES_PER_SECOND = 12_000;
const DECODED_MS = 30_000;
/** So many pictures are a film, and not one that was asked for again and again. */
const PICTURES = 20;

/** Voice, then the visitor's picture, until they hang up. What does not arrive is told by its name at the end. */
export async function speak(scene: Scene): Promise<void> {
  const { participants, arrivals, canaries } = scene;
  const { visitor, agent } = participants;
  await talk({ agent, visitor });
  await visitor.openPanelIfClosed();
  await expect(visitor.call).toHaveAttribute('data-phase', 'on', { timeout: 40_000 });
  await hearTones(scene);
  await visitor.button('Camera on').click();
  await seeSquares(scene);
  const stream = 'name of the stream in the media parameters';
  if (participants.tap.agentHeard(canaries.token(stream))) arrivals.note(stream);
  await scene.misuses.connection();
  await visitor.button('Hang up').click();
  await expect(visitor.call).toBeHidden();
  await visitor.button(/^Close panel/).click();
  await keepWhatWasSaid(scene);
}

async function hearTones({ participants, canaries, arrivals }: Scene): Promise<void> {
  const name = 'sound in tones';
  const { voice } = participants.agent;
  const heard = async () => {
    const samples = await voice.evaluate(listen, SAMPLES_PER_SECOND).catch(() => '');
    return heardIn(asSamples(samples), SAMPLES_PER_SECOND).includes(canaries.token(name));
  };
  await until('the tones of the visitor at the agent', heard, DECODED_MS).then(
    () => arrivals.note(name),
    () => undefined,
  );
}

async function seeSquares({ participants, canaries, arrivals }: Scene): Promise<void> {
  const name = 'picture in squares';
  const { visitorPicture } = participants.agent;
  const seen = async () => {
    const { shown, brightness } = await visitorPicture
      .evaluate(look, SQUARES, { timeout: 2_000 })
      .catch(() => ({ shown: 0, brightness: [] }));
    return shown >= PICTURES && seenIn(brightness) === canaries.token(name);
  };
  await until('the squares of the visitor at the agent', seen, DECODED_MS).then(
    () => arrivals.note(name),
    () => undefined,
  );
}

/** Before either page is loaded anew, which forgets it. */
async function keepWhatWasSaid({ participants, call }: Scene): Promise<void> {
  const both = await Promise.all([
    readCall(participants.visitorPage, 'visitor'),
    readCall(participants.agent.page, 'agent'),
  ]);
  for (const { bodies, ports } of both) {
    call.bodies.push(...bodies);
    for (const port of ports) call.ports.add(port);
  }
}

function asSamples(encoded: string): Float32Array {
  const bytes = Buffer.from(encoded, 'base64');
  return Float32Array.from({ length: bytes.length >> 1 }, (_, at) => bytes.readInt16LE(at * 2) / 0x8000);
}

/** The functions below run in the browser and stand each for itself. */

/** Everything that has sounded since the first look, as 16 bits a sample in Base64. */
async function listen(element: HTMLElement | SVGElement, samplesPerSecond: number): Promise<string> {
  interface Sound {
    readonly numberOfFrames: number;
    readonly sampleRate: number;
    copyTo(into: Float32Array, options: { planeIndex: number; format: string }): void;
    close(): void;
  }
  const stream = (element as HTMLAudioElement).srcObject;
  const track = stream instanceof MediaStream ? stream.getAudioTracks()[0] : undefined;
  if (track === undefined) return '';
  const kept = Reflect.get(track, 'proofSamples') as number[] | undefined;
  const samples = kept ?? [];
  if (kept === undefined) {
    Reflect.set(track, 'proofSamples', samples);
    const Processor = Reflect.get(window, 'MediaStreamTrackProcessor') as new (init: {
      track: MediaStreamTrack;
      maxBufferSize: number;
    }) => { readonly readable: ReadableStream<Sound> };
    const reader = new Processor({ track: track.clone(), maxBufferSize: 500 }).readable.getReader();
    const takeIn = async (): Promise<void> => {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        const sound = next.value;
        const all = new Float32Array(sound.numberOfFrames);
        sound.copyTo(all, { planeIndex: 0, format: 'f32-planar' });
        const each = Math.round(sound.sampleRate / samplesPerSecond);
        // A mean of neighbours keeps what is too high for the lower rate from sounding as something else.
        for (let at = 0; at + each <= all.length; at += each) {
          const mean = all.subarray(at, at + each).reduce((sum, one) => sum + one, 0) / each;
          samples.push(Math.round(Math.max(-1, Math.min(1, mean)) * 0x7fff));
        }
        sound.close();
      }
    };
    takeIn().catch(() => undefined);
  }
  await new Promise((resume) => setTimeout(resume, 400));
  const bytes = new Uint8Array(new Int16Array(samples).buffer);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** How many pictures there were, and of the last one the brightness of each square in its middle. */
function look(
  element: HTMLElement | SVGElement,
  { across, down }: { readonly across: number; readonly down: number },
): { shown: number; brightness: number[] } {
  const video = element as HTMLVideoElement;
  const canvas = Object.assign(document.createElement('canvas'), {
    width: video.videoWidth,
    height: video.videoHeight,
  });
  const context = canvas.getContext('2d');
  const shown = video.getVideoPlaybackQuality().totalVideoFrames;
  if (context === null || canvas.width === 0) return { shown, brightness: [] };
  context.drawImage(video, 0, 0);
  const [wide, high] = [canvas.width / across, canvas.height / down];
  const brightness = Array.from({ length: across * down }, (_, square) => {
    const x = ((square % across) + 0.3) * wide;
    const y = (Math.floor(square / across) + 0.3) * high;
    const { data } = context.getImageData(x, y, Math.max(1, wide * 0.4), Math.max(1, high * 0.4));
    const greens = data.filter((_value, at) => at % 4 === 1);
    return greens.reduce((sum, green) => sum + green, 0) / greens.length;
  });
  return { shown, brightness };
}
