/** The record of processing, made anew with each press. */

import type { ProcessingRecord } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { FailureNote } from '../parts/loaded.js';
import { Card } from '../parts/page.js';
import { useBusy } from '../parts/use-busy.js';
import { saveFile } from '../rights/save-file.js';

export function ProcessingRecordCard() {
  const { api } = useApp();
  const { t } = useMessages();
  const { busy, failure, run } = useBusy();
  const download = async (): Promise<void> => {
    const made = await run(() => api.get<ProcessingRecord>('/processing-record'));
    if (made.ok) saveFile('processing-record.json', JSON.stringify(made.value, undefined, 2));
  };
  return (
    <Card title={t('processing.title')}>
      <p>{t('processing.text')}</p>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      <div className="form-acts">
        <Button busy={busy} onClick={() => void download()}>
          {t('processing.download')}
        </Button>
      </div>
    </Card>
  );
}
