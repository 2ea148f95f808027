/** A way is looked for anew where a browser has found nothing to try at all, as over a relay that is away for a moment. */

/** Browsers do not: they wait until they are asked, or for minutes. */
const AGAIN_MS = 1000;

/** As much of a transport of mediasoup's client. */
export interface Looking {
  readonly iceGatheringState: RTCIceGatheringState;
  readonly connectionState: string;
  readonly closed: boolean;
  getStats(): Promise<Pick<RTCStatsReport, 'values'>>;
  on(event: 'icegatheringstatechange', act: () => void): unknown;
}

/** Each look that comes to nothing is followed by another one, for as long as the transport is kept. */
export function lookAgain(transport: Looking, restart: () => Promise<void>): void {
  const isAtEnd = () =>
    transport.iceGatheringState === 'complete' &&
    transport.connectionState !== 'connected' &&
    !transport.closed;
  const look = async (): Promise<void> => {
    if (!isAtEnd()) return;
    const stats = [...(await transport.getStats()).values()];
    if (isAtEnd() && !stats.some(({ type }) => type === 'local-candidate')) await restart();
  };
  transport.on('icegatheringstatechange', () => {
    // What was closed meanwhile is not asked any more.
    if (isAtEnd()) setTimeout(() => look().catch(() => undefined), AGAIN_MS);
  });
}
