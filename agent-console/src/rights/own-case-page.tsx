/** The page behind the link of a request: whoever asked reads where it stands, what was answered, and what is theirs. */

import type { CaseSeen } from '@alongside/protocol';
import { rightsPaths } from '@alongside/protocol';
import { useEffect, useState } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { Badge, Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Loaded } from '../parts/loaded.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';
import { Gate } from '../session/gate.js';
import { askPublic } from './ask-public.js';
import { CaseAnswer, HeldBack } from './case-answer.js';
import { saveFile } from './save-file.js';

const KEY = /^#([0-9a-f-]{36}\.[A-Za-z0-9_-]{43})$/;

export function OwnCasePage() {
  const { t } = useMessages();
  const key = useHashKey();
  return (
    <Gate title={t('ownCase.title')}>
      {key === undefined ? <Banner tone="bad">{t('ownCase.noKey')}</Banner> : <OwnCase caseKey={key} />}
    </Gate>
  );
}

function useHashKey(): string | undefined {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const read = (): void => setHash(location.hash);
    globalThis.addEventListener('hashchange', read);
    return () => globalThis.removeEventListener('hashchange', read);
  }, []);
  return KEY.exec(hash)?.[1];
}

function OwnCase({ caseKey }: { readonly caseKey: string }) {
  const { t } = useMessages();
  const loaded = useLoaded(caseKey, () => askPublic<CaseSeen>(rightsPaths.look, { caseKey }));
  if (loaded.state === 'failed' && loaded.failure.code === 'notAdmitted')
    return <Banner tone="bad">{t('ownCase.noKey')}</Banner>;
  return <Loaded from={loaded}>{(seen) => <Seen seen={seen} caseKey={caseKey} />}</Loaded>;
}

function Seen({ seen, caseKey }: { readonly seen: CaseSeen; readonly caseKey: string }) {
  const { t, date, day } = useMessages();
  const { kind, state, controller, contact, redress, receivedAt, dueAt, extended, answer } = seen;
  const isExport = kind === 'access' || kind === 'portability';
  const isGiven = (state === 'executed' || state === 'closed') && answer?.outcome !== 'refused';
  return (
    <>
      <p className="gate-intro">{t('ownCase.intro', { controller, contact })}</p>
      <dl className="facts">
        <div>
          <dt>{t('rights.kind')}</dt>
          <dd>{t(`rights.kind.${kind}`)}</dd>
        </div>
        <div>
          <dt>{t('rights.received')}</dt>
          <dd>{date(receivedAt)}</dd>
        </div>
        <div>
          <dt>{t('rights.state')}</dt>
          <dd>
            <Badge tone="info">{t(`ownCase.state.${state}`)}</Badge>
          </dd>
        </div>
        {answer === undefined ? (
          <div>
            <dt>{t('rights.clock.answer')}</dt>
            <dd>{day(dueAt)}</dd>
          </div>
        ) : undefined}
      </dl>
      {extended === undefined ? undefined : (
        <Banner>
          {t('rights.extended', { until: day(extended.until) })}: {extended.justification}
        </Banner>
      )}
      {answer === undefined ? undefined : (
        <section aria-label={t('rights.answer')}>
          <h2>{t(`rights.outcome.${answer.outcome}`)}</h2>
          <CaseAnswer answer={answer} />
        </section>
      )}
      <HeldBack held={seen.held} />
      {answer?.redress === undefined ? <p className="field-hint">{redress}</p> : undefined}
      {isExport && isGiven ? <ExportButton caseKey={caseKey} /> : undefined}
    </>
  );
}

function ExportButton({ caseKey }: { readonly caseKey: string }) {
  const { t } = useMessages();
  const act = useBusy();
  const fetchAll = async (): Promise<void> => {
    const exported = await act.run(() => askPublic<unknown>(rightsPaths.export, { caseKey }));
    if (exported.ok) saveFile('alongside-export.json', JSON.stringify(exported.value, undefined, 2));
  };
  const fetchTable = async (): Promise<void> => {
    const table = await act.run(() => askPublic<string>(rightsPaths.exportCsv, { caseKey, asText: true }));
    if (table.ok) saveFile('alongside-export.csv', table.value, 'text/csv');
  };
  return (
    <>
      <Button tone="primary" icon="down" busy={act.busy} onClick={() => void fetchAll()}>
        {t('ownCase.export')}
      </Button>{' '}
      <Button icon="down" busy={act.busy} onClick={() => void fetchTable()}>
        {t('ownCase.exportTable')}
      </Button>
      {act.failure === undefined ? undefined : <Banner tone="bad">{t('ownCase.exportFailed')}</Banner>}
    </>
  );
}
