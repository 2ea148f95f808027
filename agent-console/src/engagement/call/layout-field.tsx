/** How the pictures of a call are laid out: always in their own place, never over the page that is shown. */

import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import type { AgentDevices } from './agent-devices.js';
import { pictureLayouts } from './agent-devices.js';

export function LayoutField({ devices }: { readonly devices: AgentDevices }) {
  const { t } = useMessages();
  const layout = useStore(devices.layout);
  return (
    <label className="trial-pick layout-pick">
      <span>{t('layout.title')}</span>
      <select
        value={layout}
        onChange={(event) => {
          const chosen = pictureLayouts.find((each) => each === event.currentTarget.value);
          if (chosen !== undefined) devices.layout.set(chosen);
        }}
      >
        {pictureLayouts.map((each) => (
          <option key={each} value={each}>
            {t(`layout.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
