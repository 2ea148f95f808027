/** A site's settings. The choice of what text agents see is explained where it is made. */

import type { SiteChange, SiteShown } from '@alongside/protocol';
import { languages, limits } from '@alongside/protocol';
import { useState } from 'react';
import type { Result } from '../app/failure.js';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { CheckField, FieldSet, SelectField, TextArea, TextField } from '../parts/field.js';
import { FailureNote } from '../parts/loaded.js';
import { useBusy } from '../parts/use-busy.js';
import { CountriesField } from './countries-field.js';
import { DeliverField } from './deliver-field.js';
import { MaskingFields } from './masking-fields.js';
import { NetFields } from './net-fields.js';
import type { SiteDraft } from './site-draft.js';
import {
  audiences,
  draftOf,
  editOf,
  newSite,
  originsIn,
  pageLists,
  screenPolicies,
  wrongPages,
} from './site-draft.js';

export interface SiteFormProps {
  readonly site?: SiteShown;
  readonly submit: string;
  readonly send: (body: SiteChange) => Promise<Result<SiteShown>>;
  readonly onSaved: (site: SiteShown) => void;
}

export function SiteForm({ site, submit, send, onSaved }: SiteFormProps) {
  const { t } = useMessages();
  const [draft, setDraft] = useState<SiteDraft>(() => (site === undefined ? newSite : draftOf(site)));
  const [basedOn, setBasedOn] = useState(site?.edition);
  const { busy, failure, run } = useBusy();
  const change = (part: Partial<SiteDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const { wrong } = originsIn(draft.origins);
  const save = async (): Promise<void> => {
    const edit = editOf(draft);
    const saved = await run(() => send(basedOn === undefined ? edit : { ...edit, basedOn }));
    if (!saved.ok) return;
    setBasedOn(saved.value.edition);
    onSaved(saved.value);
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.length === 0 && pageLists.every((list) => wrongPages(draft[list]).length === 0))
          void save();
      }}
    >
      <TextField
        label={t('site.name')}
        required
        maxLength={80}
        value={draft.name}
        onText={(name) => change({ name })}
      />
      <TextArea
        label={t('site.origins')}
        hint={t('site.originsHint')}
        error={wrong.length === 0 ? undefined : t('site.originsWrong', { wrong: wrong.join(', ') })}
        required
        rows={3}
        spellCheck={false}
        placeholder="https://shop.example"
        value={draft.origins}
        onText={(origins) => change({ origins })}
      />
      <CountriesField value={draft.countries} onChange={(countries) => change({ countries })} />
      <SelectField
        label={t('site.audience')}
        hint={t('site.audienceHint')}
        value={draft.audience}
        onText={(text) => change({ audience: audiences.find((each) => each === text) ?? 'general' })}
      >
        {audiences.map((audience) => (
          <option key={audience} value={audience}>
            {t(`site.audience.${audience}`)}
          </option>
        ))}
      </SelectField>
      <DeliverField value={draft.deliverTo} onChange={(deliverTo) => change({ deliverTo })} />
      <MaskingFields draft={draft} onChange={change} />
      <NetFields draft={draft} onChange={change} />
      <FieldSet legend={t('site.languages')} hint={t('site.languagesHint')}>
        {languages.map((language) => (
          <CheckField
            key={language}
            label={t(`language.${language}`)}
            checked={draft.languages.includes(language)}
            onChecked={(on) =>
              change({
                languages: languages.filter((each) =>
                  each === language ? on : draft.languages.includes(each),
                ),
              })
            }
          />
        ))}
      </FieldSet>
      <TextField
        label={t('site.cookieDomain')}
        hint={t('site.cookieDomainHint')}
        optional={t('form.optional')}
        pattern="[A-Za-z0-9.\-]+"
        maxLength={253}
        value={draft.cookieDomain}
        onText={(cookieDomain) => change({ cookieDomain })}
      />
      <TextArea
        label={t('site.identityKey')}
        hint={t('site.identityKeyHint')}
        optional={t('form.optional')}
        rows={4}
        spellCheck={false}
        maxLength={limits.identityKeyLength}
        placeholder="-----BEGIN PUBLIC KEY-----"
        value={draft.identityKey}
        onText={(identityKey) => change({ identityKey })}
      />
      <CheckField
        label={t('site.relayOnly')}
        hint={t('site.relayOnlyHint')}
        checked={draft.relayOnly}
        onChecked={(relayOnly) => change({ relayOnly })}
      />
      <CheckField
        label={t('site.mediaSealed')}
        hint={t('site.mediaSealedHint')}
        checked={draft.mediaSealed}
        onChecked={(mediaSealed) => change({ mediaSealed })}
      />
      <SelectField
        label={t('site.screens')}
        hint={t('site.screensHint')}
        value={draft.screens}
        onText={(text) => change({ screens: screenPolicies.find((each) => each === text) ?? 'tab' })}
      >
        {screenPolicies.map((each) => (
          <option key={each} value={each}>
            {t(`site.screens.${each}`)}
          </option>
        ))}
      </SelectField>
      <CheckField
        label={t('site.experts')}
        hint={t('site.expertsHint')}
        checked={draft.experts}
        onChecked={(experts) => change({ experts })}
      />
      <AccentField value={draft.accent} onChange={(accent) => change({ accent })} />
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      <div className="form-acts">
        <Button type="submit" tone="primary" busy={busy} disabled={draft.languages.length === 0}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

function AccentField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (accent: string) => void;
}) {
  const { t } = useMessages();
  const isOwn = value !== '';
  return (
    <div className="accent">
      <CheckField
        label={t('site.accentOwn')}
        hint={t('site.accentHint')}
        checked={isOwn}
        onChecked={(on) => onChange(on ? '#0f6b66' : '')}
      />
      {isOwn ? (
        <TextField label={t('site.accent')} type="color" value={value} onText={onChange} />
      ) : undefined}
    </div>
  );
}
