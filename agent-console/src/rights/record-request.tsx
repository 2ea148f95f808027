/** Writing down what came by letter or mail: what is asked, of which site, and the day from which its time counts. */

import type { CaseRecorded, RightsKind, SiteShown } from '@alongside/protocol';
import { purposes, rightsKinds } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { SelectField, TextArea, TextField } from '../parts/field.js';
import { Loaded } from '../parts/loaded.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';

export function RecordRequest({ onRecorded }: { readonly onRecorded: () => void }) {
  const { t } = useMessages();
  const [open, setOpen] = useState(false);
  const { api } = useApp();
  const sites = useLoaded('rights/sites', () => api.get<readonly SiteShown[]>('/sites'));
  return (
    <>
      <div className="section-acts">
        <Button icon="plus" onClick={() => setOpen(true)}>
          {t('rights.record')}
        </Button>
      </div>
      {open ? (
        <Loaded from={sites}>
          {(list) => <RequestForm sites={list} onRecorded={onRecorded} onClose={() => setOpen(false)} />}
        </Loaded>
      ) : undefined}
    </>
  );
}

interface Draft {
  readonly kind: RightsKind;
  readonly siteId: string;
  readonly receivedOn: string;
  readonly contact: string;
  readonly details: string;
  readonly objectsTo: string;
  readonly engagementId: string;
}

function RequestForm({
  sites,
  onRecorded,
  onClose,
}: {
  readonly sites: readonly SiteShown[];
  readonly onRecorded: () => void;
  readonly onClose: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const today = new Date().toISOString().slice(0, 10);
  const [draft, setDraft] = useState<Draft>({
    ...{ kind: 'access', siteId: sites[0]?.siteId ?? '', receivedOn: today },
    ...{ contact: '', details: '', objectsTo: 'feedback', engagementId: '' },
  });
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const act = useBusy();
  const record = async (): Promise<void> => {
    const recorded = await act.run(() => api.post<CaseRecorded>('/rights', bodyOf(draft)));
    if (!recorded.ok) return;
    announce(t('form.saved'));
    onRecorded();
    onClose();
  };
  return (
    <ModalForm
      title={t('rights.record')}
      description={t('rights.recordText')}
      submit={t('rights.recordSubmit')}
      act={act}
      disabled={draft.siteId === '' || draft.receivedOn === ''}
      onSubmit={() => void record()}
      onClose={onClose}
    >
      <RequestFields draft={draft} sites={sites} onChange={change} />
      <TextField
        label={t('rights.receivedOn')}
        type="date"
        required
        max={today}
        value={draft.receivedOn}
        onText={(receivedOn) => change({ receivedOn })}
      />
      <TextField
        label={t('rights.answerTo')}
        type="email"
        optional={t('form.optional')}
        value={draft.contact}
        onText={(contact) => change({ contact })}
      />
      <TextField
        label={t('rights.conversation')}
        hint={t('rights.conversationHint')}
        optional={t('form.optional')}
        value={draft.engagementId}
        onText={(engagementId) => change({ engagementId })}
      />
    </ModalForm>
  );
}

function RequestFields({
  draft,
  sites,
  onChange,
}: {
  readonly draft: Draft;
  readonly sites: readonly SiteShown[];
  readonly onChange: (part: Partial<Draft>) => void;
}) {
  const { t } = useMessages();
  const chosen = (text: string) => rightsKinds.find((each) => each === text) ?? 'access';
  return (
    <>
      <SelectField
        label={t('rights.kind')}
        value={draft.kind}
        onText={(text) => onChange({ kind: chosen(text) })}
      >
        {rightsKinds.map((each) => (
          <option key={each} value={each}>
            {t(`rights.kind.${each}`)}
          </option>
        ))}
      </SelectField>
      {draft.kind === 'objection' ? (
        <SelectField
          label={t('rights.objectsTo')}
          value={draft.objectsTo}
          onText={(objectsTo) => onChange({ objectsTo })}
        >
          {purposes.map((each) => (
            <option key={each} value={each}>
              {t(`rights.purpose.${each}`)}
            </option>
          ))}
        </SelectField>
      ) : undefined}
      <SelectField label={t('rights.site')} value={draft.siteId} onText={(siteId) => onChange({ siteId })}>
        {sites.map(({ siteId, name }) => (
          <option key={siteId} value={siteId}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextArea
        label={t('rights.wrote')}
        optional={draft.kind === 'rectification' ? undefined : t('form.optional')}
        required={draft.kind === 'rectification'}
        maxLength={2000}
        value={draft.details}
        onText={(details) => onChange({ details })}
      />
    </>
  );
}

function bodyOf({ kind, siteId, receivedOn, ...draft }: Draft): object {
  const given = (name: 'contact' | 'details' | 'engagementId') =>
    draft[name].trim() === '' ? {} : { [name]: draft[name].trim() };
  const objectsTo = kind === 'objection' ? { objectsTo: draft.objectsTo } : {};
  return {
    kind,
    siteId,
    receivedOn,
    ...objectsTo,
    ...given('contact'),
    ...given('details'),
    ...given('engagementId'),
  };
}
