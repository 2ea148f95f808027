/** That a call is sealed from end to end, and the digits by which two people find out that nobody is between them. */

import { usePanel } from './panel-context.js';

export function CallSealNote() {
  const { speech, call, agentName } = usePanel();
  const codes = call.codes.value;
  if (codes === undefined) return null;
  // Three and three stay on one line.
  const shown = codes.map((code) => `${code.slice(0, 3)}\u00a0${code.slice(3)}`).join(' · ');
  const agent = agentName.value;
  return (
    <p class="quiet small call-seal">
      {codes.length === 0 ? speech.say('call.sealing') : speech.say('call.sealed', { agent, codes: shown })}
    </p>
  );
}
