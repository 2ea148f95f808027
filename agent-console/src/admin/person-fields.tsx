/** What an officer states about a person: roles, the country they work in, and the sites they look after. */

import type { Role, SiteShown } from '@alongside/protocol';
import { roles } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { CheckField, FieldSet, TextField } from '../parts/field.js';
import { CountryField } from './country-field.js';

export interface PersonDraft {
  readonly roles: readonly Role[];
  readonly country: string;
  /** Empty: the customer itself. */
  readonly employer: string;
  readonly siteIds: readonly SiteShown['siteId'][];
}

export function PersonFields({
  draft,
  sites,
  onChange,
}: {
  readonly draft: PersonDraft;
  readonly sites: readonly SiteShown[];
  readonly onChange: (part: Partial<PersonDraft>) => void;
}) {
  const { t } = useMessages();
  return (
    <>
      <FieldSet legend={t('people.roles')}>
        {roles.map((role) => (
          <CheckField
            key={role}
            label={t(`role.${role}`)}
            hint={t(`role.${role}Hint`)}
            checked={draft.roles.includes(role)}
            onChecked={(on) =>
              onChange({ roles: roles.filter((each) => (each === role ? on : draft.roles.includes(each))) })
            }
          />
        ))}
      </FieldSet>
      <CountryField
        label={t('people.country')}
        hint={t('people.countryHint')}
        required
        value={draft.country}
        onText={(country) => onChange({ country })}
      />
      <TextField
        label={t('people.employer')}
        hint={t('people.employerHint')}
        optional={t('form.optional')}
        autoComplete="off"
        maxLength={200}
        value={draft.employer}
        onText={(employer) => onChange({ employer })}
      />
      <FieldSet legend={t('people.sites')} hint={t('people.sitesHint')}>
        {sites.length === 0 ? <p className="sub">{t('people.noSites')}</p> : undefined}
        {sites.map((site) => (
          <CheckField
            key={site.siteId}
            label={site.name}
            checked={draft.siteIds.includes(site.siteId)}
            onChecked={(on) =>
              onChange({
                siteIds: on
                  ? [...draft.siteIds, site.siteId]
                  : draft.siteIds.filter((each) => each !== site.siteId),
              })
            }
          />
        ))}
      </FieldSet>
    </>
  );
}

/** As it is sent: who works for the customer itself has no employer to be named. */
export function personFacts({ employer, ...draft }: PersonDraft) {
  const named = employer.trim();
  return { ...draft, ...(named === '' ? {} : { employer: named }) };
}
