/** How long a lease is asked for, in words: apart from Speech, since only questions of an agent say it. */

import type { Speech } from './speech.js';

export function spokenDuration(speech: Speech, ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return speech.count('time.seconds', seconds);
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const whole = speech.count('time.minutes', minutes);
  return rest === 0 ? whole : speech.list([whole, speech.count('time.seconds', rest)]);
}
