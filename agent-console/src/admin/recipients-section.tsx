/** The register of recipients: nobody who is not in it and approved by two officers is sent anything. */

import type { RecipientShown } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { FailureNote } from '../parts/loaded.js';
import { Table } from '../parts/table.js';
import { useBusy } from '../parts/use-busy.js';
import { RecipientDialogue } from './add-recipient.js';
import { AddedList } from './added-list.js';

export function RecipientsSection() {
  const { t } = useMessages();
  return (
    <AddedList<RecipientShown> of="recipients" dialogue={RecipientDialogue}>
      {(list, onChanged) => (
        <Table
          label={t('admin.recipients')}
          columns={[
            t('recipients.name'),
            t('recipients.classes'),
            t('recipients.contract'),
            t('recipients.state'),
          ]}
        >
          {list.map((recipient) => (
            <RecipientLine key={recipient.recipientId} recipient={recipient} onChanged={onChanged} />
          ))}
        </Table>
      )}
    </AddedList>
  );
}

function RecipientLine({
  recipient,
  onChanged,
}: {
  readonly recipient: RecipientShown;
  readonly onChanged: () => void;
}) {
  const { t, country, day } = useMessages();
  const { name, role, dataClasses, endpoint, contractReference, contractOn } = recipient;
  const isHost = role === 'host' || role === 'relay';
  return (
    <tr>
      <th scope="row">
        {name}
        <span className="sub">{`${t(`recipients.role.${role}`)}, ${country(recipient.country)}`}</span>
        {endpoint === undefined ? undefined : <span className="sub">{endpoint}</span>}
      </th>
      <td>
        {dataClasses.map((each) => t(`recipients.class.${each}`)).join(', ')}
        <span className="sub">{isHost ? t(`recipients.${role}Purpose`) : recipient.purpose}</span>
      </td>
      <td>
        {contractReference}
        {isHost ? t('recipients.hostContract') : <span className="sub">{day(contractOn)}</span>}
      </td>
      <td>
        {isHost ? t('recipients.receives') : <RecipientActs recipient={recipient} onChanged={onChanged} />}
      </td>
    </tr>
  );
}

function RecipientActs({
  recipient,
  onChanged,
}: {
  readonly recipient: RecipientShown;
  readonly onChanged: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const { busy, failure, run } = useBusy();
  const { recipientId, name, approvedAt, own, endedAt } = recipient;
  if (endedAt !== undefined) return <StateOf recipient={recipient} />;
  const act = async (what: 'approved' | 'ended'): Promise<void> => {
    const path = `/recipients/${recipientId}`;
    const done = await run(() =>
      what === 'approved'
        ? api.post<RecipientShown>(`${path}/approval`, {})
        : api.delete<RecipientShown>(path),
    );
    if (!done.ok) return;
    announce(t(`recipients.${what}`));
    onChanged();
  };
  return (
    <>
      <StateOf recipient={recipient} />
      <div className="row-acts">
        {approvedAt === undefined && !own ? (
          <Button
            size="small"
            tone="primary"
            busy={busy}
            onClick={() => void act('approved')}
            aria-label={t('recipients.approveOf', { name })}
          >
            {t('recipients.approve')}
          </Button>
        ) : undefined}
        <Button
          size="small"
          busy={busy}
          onClick={() => void act('ended')}
          aria-label={t('recipients.endOf', { name })}
        >
          {t('recipients.end')}
        </Button>
      </div>
      {failure?.code === 'conflict' ? (
        <Banner tone="warn" role="alert">
          {t('recipients.inUse')}
        </Banner>
      ) : undefined}
      {failure === undefined || failure.code === 'conflict' ? undefined : <FailureNote failure={failure} />}
    </>
  );
}

function StateOf({ recipient }: { readonly recipient: RecipientShown }) {
  const { t, date, day } = useMessages();
  const { approvedAt, activeFrom, announcedAt, endedAt, active, evidenceUntil } = recipient;
  if (endedAt !== undefined) return <>{t('recipients.endedOn', { date: date(endedAt) })}</>;
  if (approvedAt === undefined) return <>{t('recipients.waits')}</>;
  const approved = (
    <>
      <span className="sub">{t('recipients.approvedOn', { date: date(approvedAt) })}</span>
      {evidenceUntil === undefined ? undefined : (
        <span className="sub">{`${t('recipients.evidenceUntil')} ${day(evidenceUntil)}`}</span>
      )}
    </>
  );
  if (active)
    return (
      <>
        {t('recipients.receives')}
        {approved}
      </>
    );
  return (
    <>
      {activeFrom > Math.max(announcedAt, Date.now())
        ? t('recipients.startsOn', { date: date(activeFrom) })
        : t('recipients.evidenceExpired')}
      {approved}
    </>
  );
}
