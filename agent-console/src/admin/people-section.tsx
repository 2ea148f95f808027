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
            // One's own password is changed, and who is disabled or was never here has no password to lose.
            mayRenew={({ agentId, state }) => agentId !== me.agentId && state === 'active'}
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

function PeopleTable({
  list,
  sites,
  mayRenew,
  onEdit,
  onChanged,
  onRenew,
}: {
  readonly list: readonly AgentShown[];
  readonly sites: readonly SiteShown[];
  readonly mayRenew: (person: AgentShown) => boolean;
  readonly onEdit: (person: AgentShown) => void;
  readonly onChanged: () => void;
  readonly onRenew: (person: AgentShown) => void;
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
            <EmployerOf person={person} onChanged={onChanged} />
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
          </td>
          <td>
            <div className="row-acts">
              <Button
                size="small"
                aria-label={t('people.editNamed', { name: person.displayName ?? person.email })}
                onClick={() => onEdit(person)}
              >
                {t('act.edit')}
              </Button>
              {mayRenew(person) ? (
                <Button
                  size="small"
                  aria-label={t('people.newLinkNamed', { name: person.displayName ?? person.email })}
                  onClick={() => onRenew(person)}
                >
                  {t('people.newLink')}
                </Button>
              ) : undefined}
            </div>
          </td>
        </tr>
      ))}
    </Table>
  );
}
