/** Sends as much of the own pictures as the line bears beside the voice. */

const sizes = { all: 2, small: 1, none: 0 } as const;

/** Of a camera's sizes the small one comes first. */
export function rationPicture(sender: RTCRtpSender | undefined, ration: keyof typeof sizes): Promise<void> {
  return encode(sender, (encoding, at) => {
    encoding.active = at < sizes[ration];
  });
}

/** A screen goes on more slowly: whoever reads it still sees what it is about. */
export function limitScreen(sender: RTCRtpSender | undefined, maxBitrate: number): Promise<void> {
  return encode(sender, (encoding) => {
    encoding.maxBitrate = maxBitrate;
  });
}

async function encode(
  sender: RTCRtpSender | undefined,
  change: (encoding: RTCRtpEncodingParameters, at: number) => void,
): Promise<void> {
  if (sender === undefined) return;
  const parameters = sender.getParameters();
  parameters.encodings.forEach(change);
  // It fails with the end of the stream, and then nothing of it is sent.
  await sender.setParameters(parameters).catch(() => undefined);
}
