/** The survey as a visitor meets it, in one language at a time. Nothing typed here goes anywhere. */

import type { Language, SurveyForm, SurveyQuestion } from '@alongside/protocol';
import { useId, useState } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { SelectField } from '../parts/field.js';
import { Card } from '../parts/page.js';

export function SurveyPreview({
  form,
  languages,
}: {
  readonly form: SurveyForm;
  readonly languages: readonly Language[];
}) {
  const { t } = useMessages();
  const [chosen, setChosen] = useState<Language>();
  const language = languages.find((each) => each === chosen) ?? languages[0] ?? 'en';
  return (
    <Card title={t('editor.preview')}>
      {languages.length < 2 ? undefined : (
        <SelectField
          label={t('look.language')}
          value={language}
          onText={(text) => setChosen(languages.find((each) => each === text))}
        >
          {languages.map((each) => (
            <option key={each} value={each}>
              {t(`language.${each}`)}
            </option>
          ))}
        </SelectField>
      )}
      <div className="preview" lang={language}>
        {form.intro === undefined ? undefined : <p>{form.intro[language]}</p>}
        {form.questions.map((question) => (
          <fieldset key={question.id} className="preview-question">
            <legend>
              {question.label[language]}
              {question.required ? ' *' : ''}
            </legend>
            <QuestionShown question={question} language={language} />
          </fieldset>
        ))}
      </div>
    </Card>
  );
}

function QuestionShown({
  question,
  language,
}: {
  readonly question: SurveyQuestion;
  readonly language: Language;
}) {
  const id = useId();
  switch (question.kind) {
    case 'rating':
      return <Numbers name={id} from={1} to={5} />;
    case 'scale':
      return (
        <>
          <Numbers name={id} from={0} to={10} />
          <p className="preview-ends">
            <span>{question.low?.[language]}</span>
            <span>{question.high?.[language]}</span>
          </p>
        </>
      );
    case 'text':
      return <textarea rows={2} aria-label={question.label[language]} />;
    case 'choice':
      return question.options.map((option) => (
        <label key={option.id} className="preview-option">
          <input type={question.multiple ? 'checkbox' : 'radio'} name={id} /> {option.label[language]}
        </label>
      ));
  }
}

function Numbers({ name, from, to }: { readonly name: string; readonly from: number; readonly to: number }) {
  const numbers = Array.from({ length: to - from + 1 }, (_, place) => from + place);
  return (
    <div className="preview-numbers">
      {numbers.map((number) => (
        <label key={number}>
          <input type="radio" name={name} />
          <span>{number}</span>
        </label>
      ))}
    </div>
  );
}
