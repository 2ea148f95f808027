/** What goes on of calls wherever in the console their agent is: their sound, and the key that is held. */

import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import type { CallClient } from './call-client.js';
import { RemoteSound } from './media-elements.js';
import { useHeldKey } from './use-held-key.js';

export function CallsHeard() {
  const { desk } = useApp();
  const rooms = useStore(desk.rooms);
  return (
    <div className="calls-heard">
      {[...rooms.values()].map(({ id, call }) => (
        <CallHeard key={id} call={call} />
      ))}
    </div>
  );
}

function CallHeard({ call }: { readonly call: CallClient }) {
  const { remote } = useStore(call.state);
  useHeldKey(call);
  return remote
    .filter(({ source }) => source === 'microphone')
    .map(({ producerId, track, agentId }) => (
      <RemoteSound key={producerId} track={track} devices={call.devices} of={agentId} />
    ));
}
