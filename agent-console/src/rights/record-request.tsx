/** Writing down what came by letter or mail: what is asked, of which site, and the day from which its time counts. */

import { type CaseRecorded, type Language, languages, type SiteShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { SelectField, TextField } from '../parts/field.js';
import { Loaded } from '../parts/loaded.js';
import { ModalForm } from '../parts/modal-form.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';
import { NamedConversation } from './named-conversation.js';
import { emptyRequest, type RequestDraft, RequestFields, requestBody } from './request-fields.js';

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

interface Draft extends RequestDraft {
  readonly siteId: string;
  readonly receivedOn: string;
  readonly language: Language;
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
  const { t, language } = useMessages();
  const today = new Date().toISOString().slice(0, 10);
  const [draft, setDraft] = useState<Draft>({
    ...emptyRequest,
    siteId: sites[0]?.siteId ?? '',
    receivedOn: today,
    language,
  });
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const act = useBusy();
  const record = async (): Promise<void> => {
    const { siteId, receivedOn, language: answeredIn, ...asked } = draft;
    const body = { ...requestBody(asked), siteId, receivedOn, language: answeredIn };
    const recorded = await act.run(() => api.post<CaseRecorded>('/rights', body));
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
      <RequestFields draft={draft} words={t('rights.wrote')} isContactWanted={false} onChange={change}>
        <SelectField label={t('rights.site')} value={draft.siteId} onText={(siteId) => change({ siteId })}>
          {sites.map(({ siteId, name }) => (
            <option key={siteId} value={siteId}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('rights.receivedOn')}
          type="date"
          required
          max={today}
          value={draft.receivedOn}
          onText={(receivedOn) => change({ receivedOn })}
        />
        <SelectField
          label={t('rights.answerIn')}
          value={draft.language}
          onText={(text) => change({ language: languages.find((each) => each === text) ?? 'en' })}
        >
          {languages.map((each) => (
            <option key={each} value={each}>
              {t(`language.${each}`)}
            </option>
          ))}
        </SelectField>
      </RequestFields>
      <NamedConversation number={draft.engagementId} />
    </ModalForm>
  );
}
