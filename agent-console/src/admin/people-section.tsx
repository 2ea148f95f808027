/** The customer's people: invited by a one-time link, with roles, a country of work and sites. */

import type { AgentShown, SiteShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Badge } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Loaded } from '../parts/loaded.js';
import { Table } from '../parts/table.js';
import { useLoaded } from '../parts/use-loaded.js';
import { EditPerson } from './edit-person.js';
import { EmployerOf } from './employer-of.js';
import { CallOffErasure, ErasePerson } from './erase-person.js';
import { InvitePerson } from './invite-person.js';
import { RenewLink } from './renew-link.js';

export function PeopleSection() {
  const { api, me } = useApp();
  const { t } = useMessages();
  const [invites, setInvites] = useState(false);
  const [edited, setEdited] = useState<AgentShown>();
  const [renewed, setRenewed] = useState<AgentShown>();
  const people = useLoaded('people', () => api.get<readonly AgentShown[]>('/agents'));
  const sites = useLoaded('sites', () => api.get<readonly SiteShown[]>('/sites'));
  const knownSites = sites.state === 'loaded' ? sites.value : [];
  return (
    <>
      <div className="section-acts">
        <Button tone="primary" icon="plus" onClick={() => setInvites(true)}>
          {t('people.invite')}
        </Button>
      </div>
      <Loaded from={people}>
        {(list) => (
          <PeopleTable
            list={list}
            sites={knownSites}
            ownId={me.agentId}
            onEdit={setEdited}
            onChanged={people.reload}
            onRenew={setRenewed}
          />
        )}
      </Loaded>
      {/* Not before the sites are known: somebody would be invited to none of them without anybody's wish. */}
      {invites ? (
        <Loaded from={sites}>
          {(all) => <InvitePerson sites={all} onInvited={people.reload} onClose={() => setInvites(false)} />}
        </Loaded>
      ) : undefined}
      {edited === undefined ? undefined : (
        <Loaded from={sites}>
          {(all) => (
            <EditPerson
              person={edited}
              sites={all}
              onSaved={people.reload}
              onClose={() => setEdited(undefined)}
            />
          )}
        </Loaded>
      )}
      {renewed === undefined ? undefined : (
        <RenewLink person={renewed} onMade={people.reload} onClose={() => setRenewed(undefined)} />
      )}
    </>
  );
}

interface Acts {
  readonly onEdit: (person: AgentShown) => void;
  readonly onChanged: () => void;
  readonly onRenew: (person: AgentShown) => void;
}

function PeopleTable({
  list,
  sites,
  ownId,
  ...acts
}: Acts & {
  readonly list: readonly AgentShown[];
  readonly sites: readonly SiteShown[];
  readonly ownId: AgentShown['agentId'];
}) {
  const { t, country, date } = useMessages();
  const siteNames = (person: AgentShown): string =>
    sites
      .filter((site) => person.siteIds.includes(site.siteId))
      .map((site) => site.name)
      .join(', ');
  return (
    <Table
      label={t('admin.people')}
      columns={[
        t('people.person'),
        t('people.roles'),
        t('people.country'),
        t('people.sites'),
        t('people.state'),
        { name: t('people.acts'), look: 'unseen' },
      ]}
    >
      {list.map((person) => (
        <tr key={person.agentId}>
          <th scope="row">
            {person.displayName ?? person.email}
            {person.displayName === undefined ? undefined : <span className="sub">{person.email}</span>}
          </th>
          <td>{person.roles.map((role) => t(`role.${role}`)).join(', ')}</td>
          <td>
            {person.country === undefined ? (
              <Badge tone="warn">{t('people.countryUnknown')}</Badge>
            ) : (
              country(person.country)
            )}
            <EmployerOf person={person} onChanged={acts.onChanged} />
          </td>
          <td>{siteNames(person) || '–'}</td>
          <td>
            <Badge tone={person.state === 'active' ? 'good' : person.state === 'disabled' ? 'bad' : 'quiet'}>
              {t(`people.${person.state}`)}
            </Badge>
            {person.pledgedAt === undefined ? undefined : (
              <span className="sub">{t('people.pledged', { on: date(person.pledgedAt) })}</span>
            )}
            {person.settlesFrom === undefined ? undefined : (
              <span className="sub">{t('people.settlesFrom', { on: date(person.settlesFrom) })}</span>
            )}
            {person.eraseAfter === undefined ? undefined : (
              <span className="sub">{t('people.erasedOn', { on: date(person.eraseAfter) })}</span>
            )}
          </td>
          <td>
            <div className="row-acts">
              {person.eraseAfter === undefined ? (
                <PersonActs person={person} isOwn={person.agentId === ownId} {...acts} />
              ) : (
                <CallOffErasure person={person} onChanged={acts.onChanged} />
              )}
            </div>
          </td>
        </tr>
      ))}
    </Table>
  );
}

function PersonActs({
  person,
  isOwn,
  onEdit,
  onChanged,
  onRenew,
}: Acts & { readonly person: AgentShown; readonly isOwn: boolean }) {
  const { t } = useMessages();
  const name = person.displayName ?? person.email;
  return (
    <>
      <Button size="small" aria-label={t('people.editNamed', { name })} onClick={() => onEdit(person)}>
        {t('act.edit')}
      </Button>
      {/* One's own password is changed, and who is disabled or was never here has no password to lose. */}
      {isOwn || person.state !== 'active' ? undefined : (
        <Button size="small" aria-label={t('people.newLinkNamed', { name })} onClick={() => onRenew(person)}>
          {t('people.newLink')}
        </Button>
      )}
      {isOwn ? undefined : <ErasePerson person={person} onChanged={onChanged} />}
    </>
  );
}
