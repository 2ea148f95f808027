/** Asking by one's rights without a receipt: the company of a site gets it, and the way to the answer is shown once. */

import type { CaseOpened } from '@alongside/protocol';
import { rightsPaths } from '@alongside/protocol';
import { useState } from 'react';
import { failureText } from '../messages/failure-text.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { CopyLine } from '../parts/copy-line.js';
import { useBusy } from '../parts/use-busy.js';
import { Gate } from '../session/gate.js';
import { askPublic } from './ask-public.js';
import { emptyRequest, RequestFields, requestBody } from './request-fields.js';

export function ReferPage({ siteKey }: { readonly siteKey: string }) {
  const { t } = useMessages();
  const [opened, setOpened] = useState<CaseOpened>();
  return (
    <Gate title={t('refer.title')} intro={t('refer.intro')}>
      {opened === undefined ? <ReferForm siteKey={siteKey} onOpened={setOpened} /> : <Sent opened={opened} />}
    </Gate>
  );
}

function ReferForm({
  siteKey,
  onOpened,
}: {
  readonly siteKey: string;
  readonly onOpened: (opened: CaseOpened) => void;
}) {
  const messages = useMessages();
  const { t, language } = messages;
  const [draft, setDraft] = useState(emptyRequest);
  const { busy, failure, run } = useBusy();
  const send = async (): Promise<void> => {
    const body = { ...requestBody(draft), siteKey, language };
    const sent = await run(() => askPublic<CaseOpened>(rightsPaths.refer, { body }));
    if (sent.ok) onOpened(sent.value);
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {failure === undefined ? undefined : (
        <Banner tone="bad" role="alert">
          {failure.code === 'notFound' || failure.detail === 'siteKey'
            ? t('refer.noSite')
            : failureText(failure, messages)}
        </Banner>
      )}
      <RequestFields
        draft={draft}
        words={t('refer.words')}
        isContactWanted
        onChange={(part) => setDraft({ ...draft, ...part })}
      />
      <Button type="submit" tone="primary" busy={busy}>
        {t('refer.send')}
      </Button>
    </form>
  );
}

function Sent({ opened: { caseId, caseKey, seen } }: { readonly opened: CaseOpened }) {
  const { t, day } = useMessages();
  return (
    <div role="status">
      <p>{t('refer.sent', { controller: seen.controller, date: day(seen.dueAt) })}</p>
      <p>{t('refer.keep')}</p>
      {/* Behind the hash it reaches no server and no log. */}
      <CopyLine label={t('refer.link')} text={`${location.origin}/request#${caseId}.${caseKey}`} />
    </div>
  );
}
