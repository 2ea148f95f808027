/** The lead invites an expert into the call: who they are, the link to hand over, and links that are still open. */

import type { AgentId, ExpertInvited, ExpertsShown } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { useState } from 'react';
import { CountryField } from '../../admin/country-field.js';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import { Button } from '../../parts/button.js';
import { SelectField, TextField } from '../../parts/field.js';
import { LinkMade } from '../../parts/link-made.js';
import { FailureNote } from '../../parts/loaded.js';
import { ModalForm } from '../../parts/modal-form.js';
import { useBusy } from '../../parts/use-busy.js';
import { useLoaded } from '../../parts/use-loaded.js';
import type { EngagementRoom } from '../engagement-room.js';

/** Nothing where the site lets nobody be invited. */
export function InviteExpert({ room, callId }: { readonly room: EngagementRoom; readonly callId: string }) {
  const { api } = useApp();
  const { t } = useMessages();
  const { call } = useStore(room.view);
  const present = call.state === 'on' ? (call.present ?? []) : [];
  const came = present.flatMap(({ presenceId, expert }) => (expert === undefined ? [] : [presenceId]));
  const [open, setOpen] = useState(false);
  // Looked at anew whenever one comes, whose link is open no more.
  const shown = useLoaded(`${callId} ${came.join()}`, () =>
    api.get<ExpertsShown>(`/engagements/${room.id}/experts`),
  );
  if (shown.state !== 'loaded' || !shown.value.mayInvite) return undefined;
  const isFull = shown.value.open.length + came.length >= limits.callExperts;
  return (
    <div className="call-experts">
      <Button
        size="small"
        icon="people"
        disabled={isFull}
        title={isFull ? t('experts.full', { most: limits.callExperts }) : undefined}
        onClick={() => setOpen(true)}
      >
        {t('experts.invite')}
      </Button>
      <OpenLinks room={room} shown={shown.value} onChanged={shown.reload} />
      {open ? (
        <Invitation
          room={room}
          known={shown.value.organisations}
          onClose={() => {
            setOpen(false);
            shown.reload();
          }}
        />
      ) : undefined}
    </div>
  );
}

function OpenLinks({
  room,
  shown,
  onChanged,
}: {
  readonly room: EngagementRoom;
  readonly shown: ExpertsShown;
  readonly onChanged: () => void;
}) {
  const { api } = useApp();
  const { t, time } = useMessages();
  const { busy, failure, run } = useBusy();
  const takeBack = async (expertId: AgentId): Promise<void> => {
    const done = await run(() => api.post(`/engagements/${room.id}/experts/${expertId}/revoke`, {}));
    if (done.ok) onChanged();
  };
  if (shown.open.length === 0) return undefined;
  return (
    <ul className="call-people" aria-label={t('experts.open')}>
      {shown.open.map(({ expertId, displayName, organisation, expiresAt }) => (
        <li key={expertId}>
          <span>{t('experts.invited', { name: displayName, organisation, time: time(expiresAt) })}</span>
          <Button size="small" tone="quiet" busy={busy} onClick={() => void takeBack(expertId)}>
            {t('experts.takeBack')}
          </Button>
        </li>
      ))}
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
    </ul>
  );
}

interface InvitationProps {
  readonly room: EngagementRoom;
  readonly known: ExpertsShown['organisations'];
  readonly onClose: () => void;
}

function Invitation({ room, known, onClose }: InvitationProps) {
  const { api } = useApp();
  const { t, time } = useMessages();
  const [displayName, setDisplayName] = useState('');
  const [organisation, setOrganisation] = useState('');
  const [country, setCountry] = useState('');
  const [made, setMade] = useState<ExpertInvited>();
  const act = useBusy();
  const name = displayName.trim();
  const invite = async (): Promise<void> => {
    const body = { displayName: name, organisation, country };
    const done = await act.run(() => api.post<ExpertInvited>(`/engagements/${room.id}/experts`, body));
    if (done.ok) setMade(done.value);
  };
  if (made !== undefined) {
    return (
      <LinkMade
        title={t('experts.linkTitle', { name })}
        description={t('experts.linkText', { time: time(made.expiresAt) })}
        label={t('experts.link', { name })}
        link={made.link}
        once={t('experts.linkOnce')}
        onClose={onClose}
      />
    );
  }
  const pick = (text: string): void => {
    setOrganisation(text);
    const from = known.find(({ name }) => name === text)?.country;
    if (from) setCountry(from);
  };
  return (
    <ModalForm
      title={t('experts.invite')}
      description={t('experts.inviteText')}
      submit={t('experts.makeLink')}
      act={act}
      onSubmit={() => void invite()}
      onClose={onClose}
    >
      <TextField
        label={t('experts.name')}
        hint={t('experts.nameHint')}
        required
        maxLength={limits.expertNameLength}
        value={displayName}
        onText={setDisplayName}
      />
      <SelectField
        label={t('experts.organisation')}
        hint={t('experts.organisationHint')}
        required
        value={organisation}
        onText={pick}
      >
        <option value="" />
        {[...new Set(known.map(({ name }) => name))].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </SelectField>
      <CountryField
        label={t('experts.country')}
        hint={t('experts.countryHint')}
        required
        value={country}
        onText={setCountry}
      />
    </ModalForm>
  );
}
