/** Who the customer is before the law, how its privacy contact is reached, and how long things are kept. */

import type { CustomerEdit, CustomerShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { FieldSet, TextField } from '../parts/field.js';
import { FailureNote, Loaded } from '../parts/loaded.js';
import { Card } from '../parts/page.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';
import { CountryField } from './country-field.js';
import { EndAccount } from './end-account.js';
import { MissingNote } from './missing-note.js';
import { ProcessingRecordCard } from './processing-record-card.js';
import { ProofNote } from './proof-note.js';

const kept = [
  { name: 'transcript', most: 24 },
  { name: 'survey', most: 24 },
  { name: 'metadata', most: 12 },
] as const;
const usualMonths = { transcript: 3, survey: 3, metadata: 3 };

export function CustomerSection() {
  const { api } = useApp();
  const customer = useLoaded('customer', () => api.get<CustomerShown>('/customer'));
  return (
    <Loaded from={customer}>
      {(shown) => <CustomerForm shown={shown} onSaved={customer.reload} key={shown.tenantId} />}
    </Loaded>
  );
}

function CustomerForm({ shown, onSaved }: { readonly shown: CustomerShown; readonly onSaved: () => void }) {
  const { api } = useApp();
  const { t, country } = useMessages();
  const [name, setName] = useState(shown.name);
  const [legalName, setLegalName] = useState(shown.legalName ?? '');
  const [home, setHome] = useState(shown.country ?? '');
  const [contact, setContact] = useState(shown.privacyContact ?? '');
  const [months, setMonths] = useState(shown.retentionMonths ?? usualMonths);
  const { busy, failure, run } = useBusy();
  const save = async (): Promise<void> => {
    const body: CustomerEdit = {
      name: name.trim(),
      ...(legalName.trim() === '' ? {} : { legalName: legalName.trim() }),
      ...(home === '' ? {} : { country: home }),
      ...(contact.trim() === '' ? {} : { privacyContact: contact.trim() }),
      retentionMonths: months,
    };
    const saved = await run(() => api.put<CustomerShown>('/customer', body));
    if (!saved.ok) return;
    announce(t('form.saved'));
    onSaved();
  };
  return (
    <>
      <MissingNote missing={shown.missing} />
      <ProofNote />
      <Card>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <TextField label={t('customer.name')} required maxLength={120} value={name} onText={setName} />
          <TextField
            label={t('customer.legalName')}
            hint={t('customer.legalNameHint')}
            maxLength={200}
            value={legalName}
            onText={setLegalName}
          />
          <CountryField
            label={t('customer.country')}
            hint={t('customer.countryHint')}
            value={home}
            onText={setHome}
          />
          <TextField
            label={t('customer.contact')}
            hint={t('customer.contactHint')}
            maxLength={254}
            value={contact}
            onText={setContact}
          />
          <FieldSet legend={t('customer.kept')} hint={t('customer.keptHint')}>
            <div className="field-row">
              {kept.map((each) => (
                <TextField
                  key={each.name}
                  label={t(`customer.kept.${each.name}`)}
                  hint={t('customer.keptMost', { most: each.most })}
                  type="number"
                  inputMode="numeric"
                  required
                  min={1}
                  max={each.most}
                  value={String(months[each.name])}
                  onText={(text) => setMonths((before) => ({ ...before, [each.name]: Number(text) }))}
                />
              ))}
            </div>
          </FieldSet>
          <Banner>{t('customer.storedIn', { country: country(shown.storageCountry) })}</Banner>
          {failure === undefined ? undefined : <FailureNote failure={failure} />}
          <Button type="submit" tone="primary" busy={busy}>
            {t('act.save')}
          </Button>
        </form>
      </Card>
      <ProcessingRecordCard />
      <EndAccount name={shown.name} />
    </>
  );
}
