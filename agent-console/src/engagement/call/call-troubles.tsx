/** What is wrong with one's own part in a call: with a device, with what covers the background, or with the call. */

import type { DeviceSource } from '@alongside/protocol';
import { useStore } from '../../app/store.js';
import { failureText } from '../../messages/failure-text.js';
import { useMessages } from '../../messages/use-messages.js';
import { Banner } from '../../parts/banner.js';
import { Button } from '../../parts/button.js';
import { BackgroundNote } from './background/background-field.js';
import type { CallClient } from './call-client.js';
import type { OwnSource } from './call-client-state.js';

export function CallTroubles({ call }: { readonly call: CallClient }) {
  const messages = useMessages();
  const { t } = messages;
  const { microphone, camera, link, failure } = useStore(call.state);
  return (
    <>
      <DeviceNote own={microphone} source="microphone" />
      <DeviceNote own={camera} source="camera" />
      <BackgroundNote devices={call.devices} />
      {link === 'failed' ? (
        <Banner
          tone="bad"
          action={
            <Button size="small" onClick={() => call.retry()}>
              {t('act.tryAgain')}
            </Button>
          }
        >
          {failure === undefined ? t('call.failed') : failureText(failure, messages)}
        </Banner>
      ) : undefined}
    </>
  );
}

function DeviceNote({ own, source }: { readonly own: OwnSource; readonly source: DeviceSource }) {
  const { t } = useMessages();
  const { trouble, state } = own;
  if (trouble === undefined) return undefined;
  return (
    <Banner tone="warn" role="alert">
      {trouble === 'elsewhere'
        ? t('call.heardElsewhere')
        : `${t(`call.${source}.${trouble}`)} ${state === 'off' ? t('call.goesOn') : ''}`}
    </Banner>
  );
}
