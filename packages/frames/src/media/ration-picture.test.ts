import { expect, it } from 'vitest';
import { limitScreen, rationPicture } from './ration-picture.js';

/** What a browser keeps of a sender: it gives out a copy and takes it back whole. */
class Sender {
  encodings: readonly RTCRtpEncodingParameters[];

  constructor(...encodings: readonly RTCRtpEncodingParameters[]) {
    this.encodings = encodings;
  }

  getParameters() {
    return { encodings: structuredClone(this.encodings) };
  }

  async setParameters({ encodings }: { readonly encodings: readonly RTCRtpEncodingParameters[] }) {
    this.encodings = encodings;
  }
}

const given = (sender: Sender) => sender as unknown as RTCRtpSender;

it.each([
  ['all', [true, true]],
  ['small', [true, false]],
  ['none', [false, false]],
] as const)('of a camera %s is sent', async (ration, active) => {
  const sender = new Sender({ maxBitrate: 120_000 }, { maxBitrate: 900_000 });
  await rationPicture(given(sender), ration);
  expect(sender.encodings.map((each) => each.active)).toEqual(active);
});

it('a screen stays, under a lower ceiling', async () => {
  const sender = new Sender({ maxBitrate: 1_200_000, active: true });
  await limitScreen(given(sender), 40_000);
  expect(sender.encodings).toEqual([{ maxBitrate: 40_000, active: true }]);
});

it('a stream that has ended is no fault', async () => {
  const sender = new Sender({});
  sender.setParameters = () => Promise.reject(new Error('ended'));
  await expect(rationPicture(given(sender), 'none')).resolves.toBeUndefined();
  await expect(limitScreen(undefined, 40_000)).resolves.toBeUndefined();
});
