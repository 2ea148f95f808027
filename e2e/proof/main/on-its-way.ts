/**
 * What is no leak on its way through `live`, and one where it is kept: of a call, what the two browsers and the media
 * worker have to know; and what a hostile browser of the run says to `live` in clear, which is not handed on.
 */

import type { Detection } from '../detection.js';
import { saidToLive, toldThroughLive } from '../engagement/channels.js';
import type { Finding } from '../finding.js';

export function withoutWhatPasses(seen: Detection, livePort: number): Detection {
  const toOthers = [
    // Its pipes to the worker; those to whoever keeps its log are searched as the log.
    /^live: UNIX-STREAM$/,
    new RegExp(`^live: TCP:\\[[^\\]]*:${livePort}->`),
    new RegExp(`^tcp ${livePort} to \\d+$`),
  ];
  const toLive = new RegExp(`^tcp \\d+ to ${livePort}$`);
  const isOnItsWay = ({ place, trace }: Finding): boolean => {
    // Packets of a call go out encrypted, and by the media worker's own socket alone.
    if (trace.kind === 'media') return trace.of === 'packet' && place === 'media-worker: UDP';
    if (trace.kind !== 'canary') return false;
    if (toldThroughLive.has(trace.channel) && toOthers.some((way) => way.test(place))) return true;
    return toLive.test(place) && (saidToLive.has(trace.channel) || toldThroughLive.has(trace.channel));
  };
  return { ...seen, findings: seen.findings.filter((finding) => !isOnItsWay(finding)) };
}
