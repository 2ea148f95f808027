/** What of the site's pages agents see. Hidden is the choice that is made already; showing has to be chosen. */

import { useId } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { CheckField, FieldSet, TextArea } from '../parts/field.js';
import type { SiteDraft } from './site-draft.js';
import { pageLists, wrongPages, wrongSelectors } from './site-draft.js';

const choices = ['masked', 'shown'] as const;
const selectorLists = [
  'maskSelectors',
  'blockSelectors',
  'allowSelectors',
  'noControlSelectors',
  'confirmSelectors',
] as const;

export function MaskingFields({
  draft,
  onChange,
}: {
  readonly draft: SiteDraft;
  readonly onChange: (part: Partial<SiteDraft>) => void;
}) {
  const { t } = useMessages();
  const id = useId();
  return (
    <FieldSet legend={t('masking.title')} hint={t('masking.always')}>
      <div className="choices">
        {choices.map((choice) => (
          <label key={choice} className="choice" htmlFor={`${id}-${choice}`}>
            <input
              type="radio"
              id={`${id}-${choice}`}
              name={`${id}-text`}
              checked={draft.text === choice}
              aria-describedby={`${id}-${choice}-text`}
              onChange={() => onChange({ text: choice })}
            />
            <span>
              <b>{t(`masking.${choice}`)}</b>
              <span id={`${id}-${choice}-text`}>{t(`masking.${choice}Text`)}</span>
            </span>
          </label>
        ))}
      </div>
      {draft.text === 'shown' ? <Banner tone="warn">{t('masking.shownWarning')}</Banner> : undefined}
      <details className="more">
        <summary>{t('masking.selectors')}</summary>
        <p className="field-hint">{t('masking.selectorsHint')}</p>
        {selectorLists.map((list) => {
          const wrong = wrongSelectors(draft[list], understandsSelector);
          return (
            <TextArea
              key={list}
              label={t(`masking.${list}`)}
              hint={t(`masking.${list}Hint`)}
              error={
                wrong.length === 0 ? undefined : t('masking.selectorsWrong', { wrong: wrong.join(', ') })
              }
              rows={2}
              spellCheck={false}
              value={draft[list]}
              onText={(text) => onChange({ [list]: text })}
            />
          );
        })}
      </details>
      <details className="more">
        <summary>{t('masking.pages')}</summary>
        <p className="field-hint">{t('masking.pagesHint')}</p>
        {pageLists.map((list) => {
          const wrong = wrongPages(draft[list]);
          return (
            <TextArea
              key={list}
              label={t(`masking.${list}`)}
              hint={t(`masking.${list}Hint`)}
              error={wrong.length === 0 ? undefined : t('masking.pagesWrong', { wrong: wrong.join(', ') })}
              rows={2}
              spellCheck={false}
              value={draft[list]}
              onText={(text) => onChange({ [list]: text })}
            />
          );
        })}
        <CheckField
          label={t('masking.clicksMarked')}
          hint={t('masking.clicksMarkedHint')}
          checked={draft.clicks === 'marked'}
          onChecked={(marked) => onChange({ clicks: marked ? 'marked' : 'everywhere' })}
        />
      </details>
    </FieldSet>
  );
}

function understandsSelector(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}
