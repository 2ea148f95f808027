/** Sends as much of a camera's picture as the line bears: of its sizes the small one comes first. */

const sizes = { all: 2, small: 1, none: 0 } as const;

export async function rationPicture(
  sender: RTCRtpSender | undefined,
  ration: keyof typeof sizes,
): Promise<void> {
  if (sender === undefined) return;
  const parameters = sender.getParameters();
  for (const [at, encoding] of parameters.encodings.entries()) encoding.active = at < sizes[ration];
  // It fails with the end of the stream, and then nothing of it is sent.
  await sender.setParameters(parameters).catch(() => undefined);
}
