/** Another microphone or camera than the one that is in use, does not work, or would be opened next. */

import type { DeviceSource } from '@alongside/protocol';
import { useRef, useState } from 'preact/hooks';
import { usePanel } from './panel-context.js';

/** Only where there is something to pick from. */
export function DevicePick({ source }: { readonly source: DeviceSource }) {
  const { speech, call } = usePanel();
  const { own, known } = call.given;
  const [isRefused, setRefused] = useState(false);
  const lastWish = useRef('');
  const devices = known[source].value;
  // Another one is in use as soon as the state says so.
  const isOpening = own[source].value === 'opening';
  if (isOpening || devices.length < 2) return null;
  const id = own.idOf(source);
  return (
    <>
      <label class="pick">
        <span>{speech.say(`check.${source}`)}</span>
        <select
          value={id ?? ''}
          onChange={(event) => {
            const wish = event.currentTarget.value;
            lastWish.current = wish;
            setRefused(false);
            call.given.pick(source, wish).then(
              // What becomes of one says nothing of the one that was picked since.
              () => setRefused(lastWish.current === wish && own.idOf(source) !== wish),
              () => undefined,
            );
          }}
        >
          {id === undefined ? (
            <option value="" disabled>
              {speech.say('check.pick')}
            </option>
          ) : null}
          {devices.map((device, index) => (
            <option key={device.id} value={device.id}>
              {device.label || `${speech.say(`check.${source}`)} ${index + 1}`}
            </option>
          ))}
        </select>
      </label>
      {isRefused ? (
        <p class="quiet small" role="alert">
          {speech.say('check.refused')}
        </p>
      ) : null}
    </>
  );
}
