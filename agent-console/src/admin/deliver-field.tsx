/** Where a site's conversations are kept: here, or in one of the customer's own stores. */

import type { RecipientShown } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { SelectField } from '../parts/field.js';
import { useLoaded } from '../parts/use-loaded.js';

export function DeliverField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (recipientId: string) => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const loaded = useLoaded('recipients', () => api.get<readonly RecipientShown[]>('/recipients'));
  const stores = loaded.state === 'loaded' ? loaded.value.filter(isStore) : [];
  // Without a store there is no choice to explain; one that is chosen stays to be seen in any case.
  if (stores.length === 0 && value === '') return undefined;
  const shown = stores.filter(({ active, recipientId }) => active || recipientId === value);
  return (
    <SelectField label={t('site.deliverTo')} hint={t('site.deliverToHint')} value={value} onText={onChange}>
      <option value="">{t('site.deliverHere')}</option>
      {shown.map(({ recipientId, name }) => (
        <option key={recipientId} value={recipientId}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

function isStore({ role }: RecipientShown): boolean {
  return role === 'ownStore';
}
