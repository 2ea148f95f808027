/** What is seen behind the agent: chosen before a call and in it, with what keeps it from being drawn. */

import { useStore } from '../../../app/store.js';
import { useMessages } from '../../../messages/use-messages.js';
import { Banner } from '../../../parts/banner.js';
import { Button } from '../../../parts/button.js';
import type { AgentDevices } from '../agent-devices.js';
import { backgrounds } from './background.js';

export function BackgroundField({ devices }: { readonly devices: AgentDevices }) {
  const { t } = useMessages();
  const chosen = useStore(devices.background.chosen);
  return (
    <label className="trial-pick">
      <span>{t('background.title')}</span>
      <select
        value={chosen}
        onChange={(event) => {
          const background = backgrounds.find((each) => each === event.currentTarget.value);
          if (background !== undefined) devices.background.choose(background);
        }}
      >
        {backgrounds.map((each) => (
          <option key={each} value={each}>
            {t(`background.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Shown wherever the camera may be on: a picture that is covered whole is never left unsaid. */
export function BackgroundNote({ devices }: { readonly devices: AgentDevices }) {
  const { t } = useMessages();
  const { background } = devices;
  const state = useStore(background.state);
  const isWrong = state === 'slow' || state === 'failed';
  return (
    <>
      <p className="trial-hint" role="status">
        {state === 'preparing' ? t('background.preparing') : ''}
      </p>
      {isWrong ? (
        <Banner tone="warn" role="alert">
          <p>{t(`background.${state}`)}</p>
          <Button size="small" onClick={() => background.choose(background.chosen.value)}>
            {t('act.tryAgain')}
          </Button>
        </Banner>
      ) : undefined}
    </>
  );
}
