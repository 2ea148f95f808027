/** That a call is sealed from end to end, and the digits by which two people find out that nobody is between them. */

import type { AgentId } from '@alongside/protocol';
import { usePanel } from './panel-context.js';

export function CallSealNote() {
  const { speech, call, agents } = usePanel();
  const codes = call.sealed.codes.value;
  if (codes === undefined) return null;
  return (
    <div class="quiet small call-seal">
      {codes.length === 0 ? speech.say('call.sealing') : speech.say('call.sealed')}
      {codes.map(({ code, agentId }) => (
        // Three and three stay on one line.
        <div
          key={agentId ?? code}
        >{`${agents.nameOf(agentId as AgentId | undefined)}: ${code.slice(0, 3)}\u00a0${code.slice(3)}`}</div>
      ))}
    </div>
  );
}
