/** Why a device does not work, and what to do about it. */

import type { DeviceSource } from '@alongside/protocol';
import { isTrouble } from '../calling/own-devices.js';
import { DevicePick } from './device-pick.js';
import { Icon } from './later-icons.js';
import { usePanel } from './panel-context.js';

export function DeviceNote({ source }: { readonly source: DeviceSource }) {
  const { speech, call } = usePanel();
  const state = call.own[source].value;
  if (!isTrouble(state)) return null;
  return (
    <div class="device-note" role="alert" data-fault={state}>
      <Icon name="warning" />
      <p>{speech.say(state === 'unrecorded' ? 'device.unrecorded' : `device.${source}.${state}`)}</p>
      <DevicePick source={source} />
      {state === 'page' ? null : (
        <button
          type="button"
          class="secondary"
          onClick={() => {
            call.given.retry(source).catch(() => undefined);
          }}
        >
          {speech.say('device.retry')}
        </button>
      )}
    </div>
  );
}
