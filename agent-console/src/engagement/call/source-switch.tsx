/** Switches one's own microphone or camera on and off in a call. */

import type { DeviceSource } from '@alongside/protocol';
import { useMessages } from '../../messages/use-messages.js';
import { IconButton } from '../../parts/button.js';
import type { CallClient } from './call-client.js';
import type { OwnSource } from './call-client-state.js';

export function SourceSwitch({
  call,
  source,
  own,
}: {
  readonly call: CallClient;
  readonly source: DeviceSource;
  readonly own: OwnSource;
}) {
  const { t } = useMessages();
  const isOn = own.state === 'on';
  const icons = { microphone: isOn ? 'mic' : 'micOff', camera: isOn ? 'camera' : 'cameraOff' } as const;
  return (
    <IconButton
      icon={icons[source]}
      tone={isOn ? 'plain' : 'quiet'}
      aria-pressed={isOn}
      aria-keyshortcuts={source === 'microphone' ? 'Alt+M' : undefined}
      busy={own.state === 'starting'}
      label={t(`call.${source}.${isOn ? 'off' : 'on'}`)}
      onClick={() => void call.given.toggle(source)}
    />
  );
}
