/** What transfers rest on: the register in force, what is proposed, and what flows and lapsed under it. */

import type { RegisterDocument, RegisterShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Loaded } from '../parts/loaded.js';
import { useLoaded } from '../parts/use-loaded.js';
import { downloadJson, RegisterFile } from './register-file.js';
import { RegisterHistory } from './register-history.js';
import { RegisterProposal } from './register-proposal.js';
import { ProposeDialogue } from './register-propose.js';
import { RegisterTables } from './register-tables.js';
import { TransferConsentsCard } from './transfer-consents-card.js';
import { TransferReportView } from './transfer-report.js';

export function RegisterSection() {
  const { api } = useApp();
  const register = useLoaded('register', () => api.get<RegisterShown>('/register'));
  return (
    // The rest is asked for after it: where it does not come, that is said once.
    <Loaded from={register}>
      {(shown) => (
        <>
          <Register key={shown.inForce.editionId} shown={shown} onChanged={register.reload} />
          <TransferConsentsCard />
          <TransferReportView />
        </>
      )}
    </Loaded>
  );
}

function Register({ shown, onChanged }: { readonly shown: RegisterShown; readonly onChanged: () => void }) {
  const { t, date, day } = useMessages();
  const { inForce, body, fresh, freshUntil, proposed, newer } = shown;
  const [draft, setDraft] = useState<RegisterDocument>();
  /** Of a draft that was loaded from a file: the edition that was taken out. */
  const [loadedFrom, setLoadedFrom] = useState<string>();
  const [takesOver, setTakesOver] = useState<string>();
  const [confirms, setConfirms] = useState(false);
  const confirmed = date(inForce.confirmedAt ?? inForce.proposedAt);
  const version = day(inForce.version);
  const edition = loadedFrom ?? inForce.editionId;
  return (
    <>
      {fresh ? undefined : <Banner tone="warn">{t('register.stale')}</Banner>}
      {newer === undefined || draft !== undefined || proposed !== undefined ? undefined : (
        <Banner
          action={
            <Button
              size="small"
              onClick={() => {
                setDraft({ ...body, adequacy: newer.adequacy });
                setTakesOver(newer.version);
              }}
            >
              {t('register.newerUse')}
            </Button>
          }
        >
          {t('register.newer', { version: day(newer.version) })}
        </Banner>
      )}
      {proposed === undefined ? undefined : <RegisterProposal proposed={proposed} onDecided={onChanged} />}
      <p>
        {t('register.edition', { number: inForce.number, version })}.{' '}
        {t('register.age', { date: confirmed, until: date(freshUntil) })}
      </p>
      <div className="section-acts row-acts">
        {proposed === undefined && draft === undefined ? (
          <>
            <Button tone={fresh ? 'plain' : 'primary'} onClick={() => setConfirms(true)}>
              {t('register.confirm')}
            </Button>
            <Button onClick={() => setDraft(body)}>{t('register.edit')}</Button>
            <RegisterFile
              onLoaded={(loaded, from) => {
                setDraft(loaded);
                setLoadedFrom(from);
              }}
            />
          </>
        ) : undefined}
        <Button
          onClick={() => downloadJson(`register-${inForce.number}.json`, { edition, ...(draft ?? body) })}
        >
          {t('register.download')}
        </Button>
      </div>
      <RegisterTables body={draft ?? body} onBody={draft === undefined ? undefined : setDraft} />
      {draft === undefined ? undefined : (
        <DraftActs
          draft={draft}
          basedOn={edition}
          takesOver={takesOver}
          onDiscard={() => {
            setDraft(undefined);
            setLoadedFrom(undefined);
            setTakesOver(undefined);
          }}
          onProposed={onChanged}
        />
      )}
      {confirms ? (
        <ProposeDialogue
          body={body}
          basedOn={inForce.editionId}
          confirms
          onClose={() => setConfirms(false)}
          onProposed={onChanged}
        />
      ) : undefined}
      <RegisterHistory history={shown.history} />
    </>
  );
}

function DraftActs({
  draft,
  basedOn,
  takesOver,
  onDiscard,
  onProposed,
}: {
  readonly draft: RegisterDocument;
  readonly basedOn: string;
  readonly takesOver: string | undefined;
  readonly onDiscard: () => void;
  readonly onProposed: () => void;
}) {
  const { t } = useMessages();
  const [proposes, setProposes] = useState(false);
  return (
    <div className="section-acts row-acts">
      <Button onClick={onDiscard}>{t('act.cancel')}</Button>
      <Button tone="primary" onClick={() => setProposes(true)}>
        {t('register.propose')}
      </Button>
      {proposes ? (
        <ProposeDialogue
          body={draft}
          basedOn={basedOn}
          takesOver={takesOver}
          onClose={() => setProposes(false)}
          onProposed={() => {
            onDiscard();
            onProposed();
          }}
        />
      ) : undefined}
    </div>
  );
}
