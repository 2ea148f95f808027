/** The customer's survey, as they wrote it, in the visitor's language. Nobody has to answer it. */

import type { SurveyVersion } from '@alongside/protocol';
import { useState } from 'preact/hooks';
import type { PanelController } from '../panel-controller.js';
import type { Progress } from '../progress.js';
import type { SurveyDraft } from '../survey/survey-draft.js';
import { surveyAnswers, surveyObstacle } from '../survey/survey-draft.js';
import { wording } from '../survey/wording.js';
import { EndedLine } from './ended-line.js';
import { Fault } from './fault.js';
import { usePanel } from './panel-context.js';
import { SurveyQuestionView } from './survey-question.js';

export function SurveyScreen() {
  const panel = usePanel();
  const survey = panel.site.config.value.survey;
  return survey === undefined ? null : <SurveyForm panel={panel} survey={survey} />;
}

function SurveyForm({ panel, survey }: { readonly panel: PanelController; readonly survey: SurveyVersion }) {
  const { speech } = panel;
  const draft = panel.surveyDraft.value;
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const [progress, setProgress] = useState<Progress>({ state: 'idle' });
  const { intro, questions } = survey.form;
  const submit = (event: Event): void => {
    event.preventDefault();
    const obstacle = surveyObstacle(survey, draft);
    setWrong(obstacle);
    if (obstacle === undefined)
      send(panel, { survey, draft, onProgress: setProgress }).catch(() => undefined);
  };
  return (
    <form class="screen survey" onSubmit={submit} novalidate>
      <EndedLine />
      <h3 data-first tabIndex={-1}>
        {speech.say('survey.heading')}
      </h3>
      {intro === undefined ? null : <p>{wording(intro, speech.language)}</p>}
      {questions.map((question) => (
        <SurveyQuestionView
          key={question.id}
          question={question}
          draft={draft}
          wrong={wrong === question.id}
          onChange={(next) => {
            panel.surveyDraft.value = next;
            setWrong(undefined);
          }}
        />
      ))}
      <Fault progress={progress} message="survey.failed" />
      <div class="answers">
        <button type="button" class="secondary" onClick={() => finish(panel)}>
          {speech.say('survey.skip')}
        </button>
        <button type="submit" class="primary" disabled={progress.state === 'busy'}>
          {speech.say(progress.state === 'busy' ? 'survey.sending' : 'survey.send')}
        </button>
      </div>
    </form>
  );
}

interface Sending {
  readonly survey: SurveyVersion;
  readonly draft: SurveyDraft;
  readonly onProgress: (progress: Progress) => void;
}

async function send(panel: PanelController, { survey, draft, onProgress }: Sending): Promise<void> {
  const entry = panel.session.value?.entry;
  const answers = surveyAnswers(survey.form, draft);
  if (entry === undefined) return;
  if (answers.length === 0) return finish(panel);
  onProgress({ state: 'busy' });
  const answer = await panel.closing
    .get()
    .http.answerSurvey(entry, { version: survey.version, answers: [...answers] });
  // `conflict`: another tab has sent its answers before.
  if (answer.ok || answer.failure === 'conflict') {
    panel.announce(panel.speech.say('survey.thanks'));
    finish(panel);
  } else {
    onProgress({ state: 'failed', failure: answer.failure });
  }
}

function finish(panel: PanelController): void {
  panel.surveyDone();
  panel.loadReceipt();
}
