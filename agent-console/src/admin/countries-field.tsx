/** The countries a site's visitors are in: none or several means that it is not known of any one visitor. */

import { useMessages } from '../messages/use-messages.js';
import { FieldSet } from '../parts/field.js';
import { Icon } from '../parts/icon.js';
import { CountryField } from './country-field.js';

export function CountriesField({
  value,
  onChange,
}: {
  readonly value: readonly string[];
  readonly onChange: (countries: readonly string[]) => void;
}) {
  const { t, country } = useMessages();
  return (
    <FieldSet legend={t('site.countries')} hint={t('site.countriesHint')}>
      {value.length === 0 ? undefined : (
        <ul className="chips">
          {value.map((code) => (
            <li key={code} className="chip">
              {country(code)}
              <button
                type="button"
                aria-label={t('site.countryRemove', { country: country(code) })}
                onClick={() => onChange(value.filter((each) => each !== code))}
              >
                <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <CountryField
        label={t('site.countryAdd')}
        value=""
        onText={(code) => {
          if (code !== '' && !value.includes(code)) onChange([...value, code]);
        }}
      />
    </FieldSet>
  );
}
