/** What an officer decides of rows that lost their basis: bring them home, or have them erased. */

import type { Done, LapsePackage, LapseShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import type { Failure, Result } from '../app/failure.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { FailureNote } from '../parts/loaded.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';
import { downloadJson } from './register-file.js';

interface Home {
  readonly rows: number;
  readonly sha256: string;
}

export function LapseActs({ lapse, onDone }: { readonly lapse: LapseShown; readonly onDone: () => void }) {
  const { api } = useApp();
  const { t } = useMessages();
  const path = `/lapses/${lapse.lapseId}`;
  const [home, setHome] = useState<Home>();
  const [failure, setFailure] = useState<Failure>();
  const [erases, setErases] = useState(false);
  const act = useBusy();
  const download = async (): Promise<void> => {
    const rows: LapsePackage['rows'][number][] = [];
    let after: string | undefined;
    do {
      const from: string = after === undefined ? '' : `?after=${after}`;
      const page: Result<LapsePackage> = await api.get<LapsePackage>(`${path}/package${from}`);
      if (!page.ok) return setFailure(page.failure);
      rows.push(...page.value.rows);
      after = page.value.next;
    } while (after !== undefined);
    setFailure(undefined);
    downloadJson(`alongside-${lapse.dataClass}.json`, rows);
    setHome({ rows: rows.length, sha256: await hashOf(rows) });
  };
  const finish = async (how: 'repatriation' | 'erasure', body: object): Promise<void> => {
    const done = await act.run(() => api.post<Done>(`${path}/${how}`, body));
    if (!done.ok) return;
    announce(t(how === 'erasure' ? 'transfers.erased' : 'transfers.repatriated'));
    onDone();
  };
  return (
    <>
      <div className="row-acts">
        <Button size="small" onClick={() => void download()}>
          {t('transfers.package')}
        </Button>
        {home === undefined ? undefined : (
          <Button
            size="small"
            tone="primary"
            busy={act.busy}
            onClick={() => void finish('repatriation', home)}
          >
            {t('transfers.repatriate')}
          </Button>
        )}
        <Button size="small" tone="danger" onClick={() => setErases(true)}>
          {t('transfers.erase')}
        </Button>
      </div>
      {home === undefined ? undefined : <span className="sub">{t('transfers.packageHint')}</span>}
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      {act.failure === undefined || erases ? undefined : <FailureNote failure={act.failure} />}
      {erases ? (
        <ModalForm
          title={t('transfers.eraseTitle')}
          description={t('transfers.eraseText', { rows: lapse.rows })}
          submit={t('transfers.erase')}
          act={act}
          onSubmit={() => void finish('erasure', {})}
          onClose={() => setErases(false)}
        >
          {undefined}
        </ModalForm>
      ) : undefined}
    </>
  );
}

/** As the service computes it over the rows it holds. */
async function hashOf(rows: LapsePackage['rows']): Promise<string> {
  const text = rows.map(({ table, row }) => `${JSON.stringify([table, row])}\n`).join('');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const letters = String.fromCharCode(...new Uint8Array(digest));
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
