/** One case: what is asked, by when, what can be done next, and everything that happened so far. */

import type { CaseShown } from '@alongside/protocol';
import type { ReactNode } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Badge, Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Link } from '../parts/link.js';
import { FailureNote, Loaded } from '../parts/loaded.js';
import { Card, Page } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';
import { CaseActs } from './case-acts.js';
import { CaseAnswer, HeldBack } from './case-answer.js';
import { saveFile } from './save-file.js';

export function CasePage({ id }: { readonly id: string }) {
  const { api } = useApp();
  const { t } = useMessages();
  const path = `/rights/${encodeURIComponent(id)}`;
  const loaded = useLoaded(id, () => api.get<CaseShown>(path));
  const title = loaded.state === 'loaded' ? t(`rights.kind.${loaded.value.kind}`) : t('rights.case');
  const back = (
    <Link to={{ screen: 'rights' }} className="back">
      {t('rights.title')}
    </Link>
  );
  return (
    <Page title={title} lead={back} actions={<PackButton path={path} caseId={id} onMade={loaded.reload} />}>
      <Loaded from={loaded}>
        {(shown) => (
          <div className="record">
            {shown.historyHolds ? undefined : <Banner tone="bad">{t('rights.historyBroken')}</Banner>}
            {shown.late ? <Banner tone="bad">{t('rights.caseLate')}</Banner> : undefined}
            <HeldBack held={shown.held} />
            <CaseFacts shown={shown} />
            <Card title={t('rights.asked')}>
              <p dir="auto">{shown.details ?? t('rights.noDetails')}</p>
            </Card>
            {shown.answer === undefined ? undefined : <AnswerCard answer={shown.answer} />}
            <CaseActs shown={shown} path={path} onDone={loaded.reload} />
            <HistoryCard shown={shown} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

/** One press: everything that an answer is written from, in one file. */
function PackButton({
  path,
  caseId,
  onMade,
}: {
  readonly path: string;
  readonly caseId: string;
  readonly onMade: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const act = useBusy();
  const make = async (): Promise<void> => {
    const made = await act.run(() => api.post<unknown>(`${path}/pack`, {}));
    if (!made.ok) return;
    saveFile(`support-pack-${caseId.slice(0, 8)}.json`, JSON.stringify(made.value, undefined, 2));
    onMade();
  };
  return (
    <>
      <Button icon="down" busy={act.busy} onClick={() => void make()}>
        {t('rights.pack')}
      </Button>
      {act.failure === undefined ? undefined : <FailureNote failure={act.failure} />}
    </>
  );
}

function CaseFacts({ shown }: { readonly shown: CaseShown }) {
  const { t, dateTime, day } = useMessages();
  const { identity, engagementId, contact, extended, objectsTo } = shown;
  return (
    <dl className="facts">
      <Fact name={t('rights.state')}>
        <Badge tone={shown.late ? 'bad' : 'info'}>{t(`rights.state.${shown.state}`)}</Badge>
      </Fact>
      <Fact name={t('rights.received')}>{dateTime(shown.receivedAt)}</Fact>
      {shown.due.map(({ clock, at }) => (
        <Fact key={clock} name={t(`rights.clock.${clock}`)}>
          {day(at)}
        </Fact>
      ))}
      <Fact name={t('rights.identity')}>
        {identity === undefined ? t('rights.notRecognised') : t(`rights.means.${identity}`)}
      </Fact>
      <Fact name={t('rights.contact')}>{contact ?? t('rights.noContact')}</Fact>
      <Fact name={t('rights.about')}>
        {engagementId === undefined ? (
          t('rights.notNamed')
        ) : (
          <Link to={{ screen: 'record', id: engagementId }}>{t('rights.openRecord')}</Link>
        )}
      </Fact>
      {objectsTo === undefined ? undefined : (
        <Fact name={t('rights.objectsTo')}>{t(`rights.purpose.${objectsTo}`)}</Fact>
      )}
      {extended === undefined ? undefined : (
        <Fact name={t('rights.extended', { until: day(extended.until) })}>{extended.justification}</Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function AnswerCard({ answer }: { readonly answer: NonNullable<CaseShown['answer']> }) {
  const { t, dateTime } = useMessages();
  const { outcome, at } = answer;
  return (
    <Card title={t('rights.answer')} aside={<span className="kept">{dateTime(at)}</span>}>
      <p>
        <Badge tone={outcome === 'granted' ? 'good' : 'warn'}>{t(`rights.outcome.${outcome}`)}</Badge>
      </p>
      <CaseAnswer answer={answer} />
    </Card>
  );
}

function HistoryCard({ shown }: { readonly shown: CaseShown }) {
  const { t, dateTime, named } = useMessages();
  const holds = (
    <span className="kept">{t(shown.historyHolds ? 'rights.historyHolds' : 'rights.historyBroken')}</span>
  );
  return (
    <Card title={t('rights.history')} aside={holds}>
      <Table
        label={t('rights.history')}
        columns={[t('rights.when'), t('rights.happened'), t('rights.who'), t('rights.words')]}
      >
        {shown.history.map((each) => (
          <tr key={each.number}>
            <td className="when">{dateTime(each.at)}</td>
            <th scope="row">{named(`rights.happening.${each.happening}`, each.happening)}</th>
            <td>{named(`rights.actor.${each.actor}`, each.actor)}</td>
            <td dir="auto">{each.detail === undefined ? '' : <Detail {...each} text={each.detail} />}</td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

/** Where the words of an entry are a code, it is said in words. */
function Detail({ happening, text }: { readonly happening: string; readonly text: string }) {
  const { named } = useMessages();
  if (happening === 'late') return <>{named(`rights.clock.${text}`, text)}</>;
  if (happening === 'confirmIdentity') return <>{named(`rights.means.${text}`, text)}</>;
  if (happening !== 'answer') return <>{text}</>;
  const [outcome = '', ground] = text.split(', ');
  return (
    <>
      {named(`rights.outcome.${outcome}`, outcome)}
      {ground === undefined ? '' : `: ${named(`rights.ground.${ground}`, ground)}`}
    </>
  );
}
