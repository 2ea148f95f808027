/** A country by its name in the reader's language; what is kept is its code. */

import { useMemo } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { SelectField } from '../parts/field.js';
import { countryCodes } from './country-codes.js';

export function CountryField({
  label,
  hint,
  value,
  onText,
  required = false,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onText: (code: string) => void;
  readonly required?: boolean;
}) {
  const { t, country, language } = useMessages();
  const sorted = useMemo(
    () =>
      countryCodes
        .map((code) => ({ code, name: country(code) }))
        .sort((a, b) => a.name.localeCompare(b.name, language)),
    [country, language],
  );
  return (
    <SelectField label={label} hint={hint} value={value} onText={onText} required={required}>
      <option value="">{t('country.choose')}</option>
      {sorted.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
