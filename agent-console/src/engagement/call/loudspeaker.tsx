/** By which loudspeaker or headset an agent hears, where their browser lets a page choose one. */

import type { RefObject } from 'react';
import { useEffect } from 'react';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import type { AgentDevices } from './agent-devices.js';

export function LoudspeakerPick({ devices }: { readonly devices: AgentDevices }) {
  const { t } = useMessages();
  const { known, picked } = useStore(devices.loudspeaker);
  if (!('setSinkId' in HTMLMediaElement.prototype) || known.length < 2) return undefined;
  return (
    <label className="trial-pick">
      <span>{t('devices.loudspeaker')}</span>
      <select value={picked} onChange={(event) => devices.pickLoudspeaker(event.currentTarget.value)}>
        <option value="">{t('devices.usual')}</option>
        {known.map(({ id, label }, index) => (
          <option key={id} value={id}>
            {label === '' ? `${t('devices.loudspeaker')} ${index + 1}` : label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What comes out of this element comes out of the one that was picked; where that cannot be had, where it did before. */
export function useLoudspeaker(audio: RefObject<HTMLAudioElement | null>, devices: AgentDevices): void {
  const { picked } = useStore(devices.loudspeaker);
  useEffect(() => {
    audio.current?.setSinkId?.(picked).catch(() => undefined);
  }, [audio, picked]);
}
