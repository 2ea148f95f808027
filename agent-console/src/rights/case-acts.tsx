/** What can be done to a case now, and nothing else: one press, or a short form where words are wanted. */

import {
  type CaseAct,
  type CaseActName,
  type CaseOutcome,
  type CaseShown,
  caseOutcomes,
  type IdentityMeans,
  identityMeans,
  type RefusalGround,
} from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { SelectField, TextArea, TextField } from '../parts/field.js';
import { FailureNote } from '../parts/loaded.js';
import { ModalForm } from '../parts/modal-form.js';
import { Card } from '../parts/page.js';
import { useBusy } from '../parts/use-busy.js';
import { NamedConversation } from './named-conversation.js';

interface ActsProps {
  readonly shown: CaseShown;
  readonly path: string;
  readonly onDone: () => void;
}

/** Those that want words. */
type AskedAct = Exclude<CaseActName, 'take' | 'execute' | 'close'>;

/** What brings a case on, in the order in which it is wanted; anything else is a way round. */
const onwards: readonly CaseActName[] = ['name', 'take', 'confirmIdentity', 'execute', 'close', 'answer'];

export function CaseActs({ shown, path, onDone }: ActsProps) {
  const { api } = useApp();
  const { t } = useMessages();
  const [asking, setAsking] = useState<AskedAct>();
  const act = useBusy();
  const send = async (sent: CaseAct): Promise<void> => {
    const done = await act.run(() => api.post<CaseShown>(`${path}/acts`, sent));
    if (!done.ok) return;
    announce(t('rights.done'));
    setAsking(undefined);
    onDone();
  };
  if (shown.mayDo.length === 0) return undefined;
  const isNamed = shown.engagementId !== undefined;
  const wanted = onwards.find((each) => shown.mayDo.includes(each) && !(each === 'name' && isNamed));
  const isRefused = shown.state === 'answered' && shown.answer?.outcome === 'refused';
  return (
    <Card title={t('rights.next')}>
      <p>{t(`rights.nextText.${isRefused ? 'executed' : shown.state}`)}</p>
      {shown.kind === 'restriction' && !isRefused ? <p>{t('rights.restrictionText')}</p> : undefined}
      <div className="row-acts">
        {shown.mayDo.map((name) => (
          <Button
            key={name}
            tone={name === wanted ? 'primary' : 'plain'}
            busy={act.busy}
            onClick={() => {
              act.clear();
              if (name === 'take' || name === 'execute' || name === 'close') void send({ act: name });
              else setAsking(name);
            }}
          >
            {t(name === 'name' && isNamed ? 'rights.nameAnother' : `rights.act.${name}`)}
          </Button>
        ))}
      </div>
      {act.failure === undefined || asking !== undefined ? undefined : <FailureNote failure={act.failure} />}
      {asking === undefined ? undefined : (
        <ActForm
          name={asking}
          shown={shown}
          act={act}
          onSend={(sent) => void send(sent)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Card>
  );
}

interface Draft {
  readonly text: string;
  readonly means: IdentityMeans;
  readonly outcome: CaseOutcome;
  readonly ground: RefusalGround | undefined;
}

function ActForm({
  name,
  shown,
  act,
  onSend,
  onClose,
}: {
  readonly name: AskedAct;
  readonly shown: CaseShown;
  readonly act: ReturnType<typeof useBusy>;
  readonly onSend: (act: CaseAct) => void;
  readonly onClose: () => void;
}) {
  const { t } = useMessages();
  const isTaken = shown.state === 'inProgress';
  const [draft, setDraft] = useState<Draft>({
    text: '',
    means: 'mailLoop',
    outcome: isTaken ? 'granted' : 'refused',
    ground: shown.grounds[0],
  });
  const sent = actOf(name, draft);
  const change = (more: Partial<Draft>): void => setDraft({ ...draft, ...more });
  return (
    <ModalForm
      title={t(`rights.act.${name}`)}
      description={t(`rights.actText.${name}`)}
      submit={t(`rights.act.${name}`)}
      act={act}
      disabled={sent === undefined}
      onSubmit={() => sent !== undefined && onSend(sent)}
      onClose={onClose}
    >
      {name === 'confirmIdentity' ? (
        <SelectField
          label={t('rights.means')}
          value={draft.means}
          onText={(text) => change({ means: identityMeans.find((each) => each === text) ?? 'mailLoop' })}
        >
          {identityMeans.map((each) => (
            <option key={each} value={each}>
              {t(`rights.means.${each}`)}
            </option>
          ))}
        </SelectField>
      ) : undefined}
      {name === 'answer' ? <OutcomeFields shown={shown} draft={draft} onChange={change} /> : undefined}
      {name === 'name' ? (
        <>
          <TextField
            label={t('rights.number')}
            required
            maxLength={36}
            value={draft.text}
            onText={(text) => change({ text })}
          />
          <NamedConversation number={draft.text} />
        </>
      ) : undefined}
      {name === 'confirmIdentity' || name === 'name' ? undefined : (
        <TextArea
          label={t(`rights.text.${name === 'answer' ? 'answer' : 'reason'}`)}
          required
          rows={6}
          maxLength={name === 'answer' ? 4000 : 2000}
          value={draft.text}
          onText={(text) => change({ text })}
        />
      )}
    </ModalForm>
  );
}

function OutcomeFields({
  shown,
  draft,
  onChange,
}: {
  readonly shown: CaseShown;
  readonly draft: Draft;
  readonly onChange: (more: Partial<Draft>) => void;
}) {
  const { t } = useMessages();
  const outcomes = shown.state === 'inProgress' ? caseOutcomes : (['refused'] as const);
  return (
    <>
      <SelectField
        label={t('rights.outcome')}
        value={draft.outcome}
        onText={(text) => onChange({ outcome: outcomes.find((each) => each === text) ?? 'refused' })}
      >
        {outcomes.map((each) => (
          <option key={each} value={each}>
            {t(`rights.outcome.${each}`)}
          </option>
        ))}
      </SelectField>
      {draft.outcome === 'granted' ? undefined : (
        <SelectField
          label={t('rights.ground')}
          hint={t('rights.redressHint')}
          value={draft.ground ?? ''}
          onText={(text) => onChange({ ground: shown.grounds.find((each) => each === text) })}
        >
          {shown.grounds.map((each) => (
            <option key={each} value={each}>
              {t(`rights.ground.${each}`)}
            </option>
          ))}
        </SelectField>
      )}
    </>
  );
}

/** Nothing while something is missing. */
function actOf(name: AskedAct, { text, means, outcome, ground }: Draft): CaseAct | undefined {
  const words = text.trim();
  if (name === 'confirmIdentity') return { act: name, means };
  if (words === '') return undefined;
  switch (name) {
    case 'askIdentity':
      return { act: name, reason: words };
    case 'extend':
      return { act: name, justification: words };
    case 'name':
      // The service checks that it is one of the customer's.
      return {
        act: name,
        engagementId: words.toLowerCase() as Extract<CaseAct, { act: 'name' }>['engagementId'],
      };
    case 'answer':
      if (outcome === 'granted') return { act: name, outcome, text: words };
      return ground === undefined ? undefined : { act: name, outcome, text: words, ground };
  }
}
