/** One question of a survey: its kind, its words, and its place among the others. */

import type { Language, SurveyQuestion } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { Button, IconButton } from '../parts/button.js';
import { CheckField } from '../parts/field.js';
import { addOption } from './survey-draft.js';
import { WordingFields } from './wording-fields.js';

export interface SurveyQuestionFieldsProps {
  readonly question: SurveyQuestion;
  readonly place: number;
  readonly count: number;
  readonly languages: readonly Language[];
  readonly onChange: (question: SurveyQuestion) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

export function SurveyQuestionFields({
  question,
  place,
  count,
  languages,
  onChange,
  onMove,
  onRemove,
}: SurveyQuestionFieldsProps) {
  const { t } = useMessages();
  const number = place + 1;
  return (
    <fieldset className="question">
      <legend>{t('survey.question', { number, kind: t(`survey.kind.${question.kind}`) })}</legend>
      <div className="question-acts">
        <IconButton
          size="small"
          icon="up"
          label={t('survey.up', { number })}
          disabled={place === 0}
          onClick={() => onMove(-1)}
        />
        <IconButton
          size="small"
          icon="down"
          label={t('survey.down', { number })}
          disabled={number === count}
          onClick={() => onMove(1)}
        />
        <IconButton size="small" icon="close" label={t('survey.remove', { number })} onClick={onRemove} />
      </div>
      <WordingFields
        label={t('survey.label')}
        languages={languages}
        value={question.label}
        onChange={(label) => onChange({ ...question, label })}
      />
      {question.kind === 'scale' ? (
        <>
          <WordingFields
            label={t('survey.low')}
            languages={languages}
            value={question.low}
            onChange={(low) => onChange({ ...question, low })}
          />
          <WordingFields
            label={t('survey.high')}
            languages={languages}
            value={question.high}
            onChange={(high) => onChange({ ...question, high })}
          />
        </>
      ) : undefined}
      {question.kind === 'choice' ? (
        <Options question={question} languages={languages} onChange={onChange} />
      ) : undefined}
      <CheckField
        label={t('survey.required')}
        checked={question.required}
        onChecked={(required) => onChange({ ...question, required })}
      />
    </fieldset>
  );
}

function Options({
  question,
  languages,
  onChange,
}: {
  readonly question: Extract<SurveyQuestion, { kind: 'choice' }>;
  readonly languages: readonly Language[];
  readonly onChange: (question: SurveyQuestion) => void;
}) {
  const { t } = useMessages();
  return (
    <div className="options">
      {question.options.map((option, at) => (
        <div key={option.id} className="option">
          <WordingFields
            label={t('survey.option', { number: at + 1 })}
            languages={languages}
            value={option.label}
            onChange={(label) =>
              onChange({
                ...question,
                options: question.options.map((each) => (each.id === option.id ? { ...each, label } : each)),
              })
            }
          />
          <IconButton
            size="small"
            icon="close"
            label={t('survey.removeOption', { number: at + 1 })}
            disabled={question.options.length <= 2}
            onClick={() =>
              onChange({ ...question, options: question.options.filter((each) => each.id !== option.id) })
            }
          />
        </div>
      ))}
      <Button
        size="small"
        icon="plus"
        disabled={question.options.length >= limits.surveyOptions}
        onClick={() => onChange(addOption(question))}
      >
        {t('survey.addOption')}
      </Button>
      <CheckField
        label={t('survey.multiple')}
        checked={question.multiple}
        onChecked={(multiple) => onChange({ ...question, multiple })}
      />
    </div>
  );
}
