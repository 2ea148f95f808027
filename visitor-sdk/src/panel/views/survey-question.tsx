/** One question of the survey. */

import type { SurveyQuestion } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { SurveyDraft } from '../survey/survey-draft.js';
import { answerQuestion, toggleOption } from '../survey/survey-draft.js';
import { wording } from '../survey/wording.js';
import { usePanel } from './panel-context.js';

interface QuestionView<Q extends SurveyQuestion = SurveyQuestion> {
  readonly question: Q;
  readonly draft: SurveyDraft;
  readonly wrong: boolean;
  readonly onChange: (draft: SurveyDraft) => void;
}

export function SurveyQuestionView(view: QuestionView) {
  const { speech } = usePanel();
  const { question, wrong } = view;
  const fault = wrong ? `alongside-wrong-${question.id}` : undefined;
  return (
    <fieldset class="ask" aria-invalid={wrong} aria-describedby={fault}>
      <legend>
        {wording(question.label, speech.language)}{' '}
        <small>{speech.say(question.required ? 'survey.required' : 'start.optional')}</small>
      </legend>
      <AnswerField {...view} />
      {fault === undefined ? null : (
        <p class="fault" id={fault} role="alert">
          {speech.say('survey.incomplete')}
        </p>
      )}
    </fieldset>
  );
}

function AnswerField(view: QuestionView) {
  const { question } = view;
  switch (question.kind) {
    case 'rating':
      return <Steps {...view} from={1} to={question.max} name="survey.ratingOf" />;
    case 'scale':
      return <Scale {...view} question={question} />;
    case 'choice':
      return <Choice {...view} question={question} />;
    case 'text':
      return <FreeText {...view} />;
  }
}

interface StepRange extends QuestionView {
  readonly from: number;
  readonly to: number;
  readonly name: 'survey.ratingOf' | 'survey.scaleOf';
}

function Steps({ question, draft, onChange, from, to, name }: StepRange) {
  const { speech } = usePanel();
  const chosen = draft.get(question.id);
  const steps = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return (
    <div class={steps.length > 5 ? 'steps many' : 'steps'}>
      {steps.map((n) => (
        <label key={n} class="step">
          <input
            type="radio"
            name={`alongside-${question.id}`}
            value={n}
            checked={chosen === n}
            aria-label={speech.say(name, { n })}
            onChange={() => onChange(answerQuestion(draft, question.id, n))}
          />
          <span aria-hidden="true">{n}</span>
        </label>
      ))}
    </div>
  );
}

function Scale(view: QuestionView<SurveyQuestion & { kind: 'scale' }>) {
  const { speech } = usePanel();
  const { low, high } = view.question;
  return (
    <>
      <Steps {...view} from={0} to={10} name="survey.scaleOf" />
      {low === undefined && high === undefined ? null : (
        <p class="ends">
          <span>{low === undefined ? '' : wording(low, speech.language)}</span>
          <span>{high === undefined ? '' : wording(high, speech.language)}</span>
        </p>
      )}
    </>
  );
}

function Choice({ question, draft, onChange }: QuestionView<SurveyQuestion & { kind: 'choice' }>) {
  const { speech } = usePanel();
  const chosen = draft.get(question.id);
  const ids: readonly string[] = Array.isArray(chosen) ? chosen : [];
  return (
    <div class="options">
      {question.multiple ? <p class="quiet small">{speech.say('survey.several')}</p> : null}
      {question.options.map((option) => (
        <label key={option.id} class="option">
          <input
            type={question.multiple ? 'checkbox' : 'radio'}
            name={`alongside-${question.id}`}
            value={option.id}
            checked={ids.includes(option.id)}
            onChange={() => onChange(toggleOption(draft, question, option.id))}
          />
          <span>{wording(option.label, speech.language)}</span>
        </label>
      ))}
    </div>
  );
}

function FreeText({ question, draft, onChange }: QuestionView) {
  const { speech } = usePanel();
  const text = draft.get(question.id);
  return (
    <textarea
      rows={3}
      maxLength={limits.surveyTextLength}
      aria-label={wording(question.label, speech.language)}
      value={typeof text === 'string' ? text : ''}
      onInput={(event) => onChange(answerQuestion(draft, question.id, event.currentTarget.value))}
    />
  );
}
