/** A visitor's answers beside the questions as they stood when they were answered. */

import type { EngagementRecord, SurveyAnswer, SurveyQuestion } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { BasisNote } from './basis-note.js';

type Answered = NonNullable<EngagementRecord['survey']>;

export function SurveyAnswersShown({ survey }: { readonly survey: Answered }) {
  const { t, dateTime } = useMessages();
  return (
    <>
      <p className="sub">{t('record.surveyAt', { version: survey.version, at: dateTime(survey.at) })}</p>
      <dl className="answers">
        {survey.form.questions.map((question) => {
          const answer = survey.answers.find((each) => each.questionId === question.id);
          return (
            <div key={question.id}>
              <dt>
                <Wording of={question.label} />
              </dt>
              <dd>
                {answer === undefined ? t('record.noAnswer') : <Answer question={question} answer={answer} />}
              </dd>
            </div>
          );
        })}
      </dl>
      <BasisNote basis={survey.basis} />
    </>
  );
}

function Answer({ question, answer }: { readonly question: SurveyQuestion; readonly answer: SurveyAnswer }) {
  const { t } = useMessages();
  if (answer.kind === 'rating') return <>{t('record.rated', { value: answer.value, most: 5 })}</>;
  if (answer.kind === 'scale') return <>{t('record.rated', { value: answer.value, most: 10 })}</>;
  if (answer.kind === 'text') return <span dir="auto">{answer.value}</span>;
  const options = question.kind === 'choice' ? question.options : [];
  return (
    <>
      {answer.value.map((id, place) => {
        const option = options.find((each) => each.id === id);
        return (
          <span key={id}>
            {place === 0 ? '' : ', '}
            {option === undefined ? id : <Wording of={option.label} />}
          </span>
        );
      })}
    </>
  );
}

/** A wording in the reader's language, or in one it is written in. */
function Wording({ of: wording }: { readonly of: Readonly<Partial<Record<string, string>>> }) {
  const { language } = useMessages();
  return <>{wording[language] ?? Object.values(wording)[0] ?? ''}</>;
}
