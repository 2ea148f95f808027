/** The question that waits for the visitor's answer, above everything, with answers of equal weight. */

import { ring } from '@alongside/frames';
import type { CallMedia } from '@alongside/protocol';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { currentQuestion } from '../consent/question.js';
import type { Answer, Question, WhyNot } from '../consent/shown-question.js';
import type { Speech } from '../messages/speech.js';
import { clockFace } from '../messages/speech.js';
import { DeviceTrial } from './device-trial.js';
import { Icon } from './later-icons.js';
import { usePanel } from './panel-context.js';
import { useClock } from './use-clock.js';
import { useConsentArming } from './use-consent-arming.js';
import { WatchBanner } from './watch-banner.js';

export function ConsentQuestion() {
  const question = currentQuestion(usePanel());
  return question === undefined ? null : <QuestionDialog key={question.id} question={question} />;
}

function QuestionDialog({ question }: { readonly question: Question }) {
  const { speech } = usePanel();
  const dialog = useRef<HTMLDialogElement>(null);
  const answers = useRef<HTMLDivElement>(null);
  const arming = useConsentArming(
    answers,
    [question.id, ...(question.points ?? []), ...question.texts].join(' '),
  );
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<WhyNot | undefined>(undefined);
  useModal(dialog);
  const give = (answer: Answer): void => {
    if (saving) return;
    setSaving(true);
    setFailure(undefined);
    answer
      .give()
      .then(setFailure, () => setFailure('internal'))
      .finally(() => setSaving(false));
  };
  return (
    <dialog
      ref={dialog}
      class="consent"
      aria-labelledby="alongside-ask"
      aria-describedby="alongside-ask-text"
      onCancel={(event) => {
        event.preventDefault();
        if (!event.isTrusted) return;
        if (question.away === undefined) give(question.no);
        else question.away();
      }}
    >
      <WatchBanner mayFold={false} />
      <div class="consent-card">
        <h2 id="alongside-ask">
          <Icon name={question.icon} />
          {question.heading}
        </h2>
        <div id="alongside-ask-text">
          {question.points === undefined ? null : (
            <ul>
              {question.points.map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ul>
          )}
          {question.texts.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
        {question.endsAt === undefined ? null : <TimeLeft endsAt={question.endsAt} />}
        {question.tries === undefined ? null : <TryFirst media={question.tries} />}
        <div
          ref={answers}
          class={question.yes.length > 1 ? 'answers three' : 'answers'}
          data-armed={arming.armed}
        >
          <button type="button" class="answer" onClick={(event) => event.isTrusted && give(question.no)}>
            {question.no.label}
          </button>
          {question.yes.map((answer) => (
            <button
              key={answer.label}
              type="button"
              class="answer"
              data-yes
              onClick={(event) => arming.counts(event) && give(answer)}
            >
              {answer.label}
            </button>
          ))}
        </div>
        <p class="consent-state" role="status">
          {saving ? speech.say('ask.saving') : null}
          {!saving && failure !== undefined
            ? speech.say('ask.failed', { reason: reasonOf(failure, speech) })
            : null}
          {!saving && failure === undefined && arming.covered ? speech.say('ask.covered') : null}
        </p>
      </div>
    </dialog>
  );
}

/** Whoever reads slowly, or listens to it being read, knows how long the question stands. */
function TimeLeft({ endsAt }: { readonly endsAt: number }) {
  const { speech } = usePanel();
  const time = clockFace(endsAt - useClock());
  return (
    <p class="quiet small" role="timer">
      {speech.say('watch.askLeft', { time })}
    </p>
  );
}

/** Whoever is asked for voice or picture may see and hear first what they would give. */
function TryFirst({ media }: { readonly media: CallMedia }) {
  const { speech, call, agentName } = usePanel();
  const isTrying = call.given.trying.value;
  // Not into a microphone that is being tried.
  useEffect(() => (isTrying ? undefined : ring()), [isTrying]);
  if (isTrying) {
    return (
      <div class="try-first">
        <p class="quiet small">{speech.say('check.text', { agent: agentName.value })}</p>
        <DeviceTrial camera={media === 'video'} />
      </div>
    );
  }
  return (
    <button
      type="button"
      class="plain text"
      onClick={() => {
        call.given.tryOut('voice').catch(() => undefined);
      }}
    >
      {speech.say('check.first')}
    </button>
  );
}

function reasonOf(failure: WhyNot, speech: Speech): string {
  return failure === 'rulesChanged' ? speech.say('ask.rulesChanged') : speech.failure(failure);
}

const TOP_LAYER_CHECK_MS = 500;

/** Modal, so that it lies in the browser's top layer, over whatever the page may show. */
function useModal(dialog: { readonly current: HTMLDialogElement | null }): void {
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const before = (element.getRootNode() as ShadowRoot).activeElement;
    element.showModal();
    // No answer has the focus: a key that was meant for the page must not answer.
    element.querySelector<HTMLElement>('.consent-card')?.setAttribute('tabindex', '-1');
    element.querySelector<HTMLElement>('.consent-card')?.focus();
    // A page that opens a dialog of its own moves our host into it, which takes ours out of the top layer.
    const watch = setInterval(() => {
      if (element.isConnected && !element.matches(':modal')) {
        element.close();
        element.showModal();
      }
    }, TOP_LAYER_CHECK_MS);
    return () => {
      clearInterval(watch);
      element.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [dialog]);
}
