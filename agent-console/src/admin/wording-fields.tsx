/** One text in each of a site's languages. */

import type { Language } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { TextField } from '../parts/field.js';

export type Wording = Record<Language, string>;

export function WordingFields({
  label,
  languages,
  value,
  onChange,
}: {
  readonly label: string;
  readonly languages: readonly Language[];
  readonly value: Readonly<Partial<Wording>> | undefined;
  readonly onChange: (wording: Wording) => void;
}) {
  const { t } = useMessages();
  const whole = (): Wording => ({ en: value?.en ?? '', de: value?.de ?? '' });
  return (
    <div className="field-row">
      {languages.map((language) => (
        <TextField
          key={language}
          label={`${label} (${t(`language.${language}`)})`}
          lang={language}
          maxLength={300}
          value={value?.[language] ?? ''}
          onText={(text) => onChange({ ...whole(), [language]: text })}
        />
      ))}
    </div>
  );
}
