/** The survey a visitor may answer at the end: edited here, version by version. */

import type { SiteShown, SurveyForm, SurveyVersion } from '@alongside/protocol';
import { languages } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { FailureNote, Loaded } from '../parts/loaded.js';
import { Card } from '../parts/page.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';
import { VersionBadge } from './notice-editor.js';
import { surveyStart } from './starting-texts.js';
import {
  addQuestion,
  changeQuestion,
  isComplete,
  moveQuestion,
  questionKinds,
  removeQuestion,
  sentForm,
} from './survey-draft.js';
import { SurveyPreview } from './survey-preview.js';
import { SurveyQuestionFields } from './survey-question-fields.js';
import { WordingFields } from './wording-fields.js';

const noQuestions: SurveyForm = { questions: [] };

export function SurveyEditor({
  site,
  onPublished,
}: {
  readonly site: SiteShown;
  readonly onPublished: () => void;
}) {
  const { api } = useApp();
  const path = `/sites/${site.siteId}/surveys`;
  const versions = useLoaded(path, () => api.get<readonly SurveyVersion[]>(path));
  return (
    <Loaded from={versions}>
      {(list) => (
        <Editor
          key={list.length}
          site={site}
          versions={[...list].sort((a, b) => b.version - a.version)}
          onPublished={() => {
            versions.reload();
            onPublished();
          }}
        />
      )}
    </Loaded>
  );
}

function Editor({
  site,
  versions,
  onPublished,
}: {
  readonly site: SiteShown;
  readonly versions: readonly SurveyVersion[];
  readonly onPublished: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const [form, setForm] = useState<SurveyForm>(versions[0]?.form ?? noQuestions);
  const { busy, failure, run } = useBusy();
  const shown = languages.filter((each) => site.languages.includes(each));
  const publish = async (): Promise<void> => {
    const done = await run(() => api.post(`/sites/${site.siteId}/surveys`, sentForm(form, shown)));
    if (!done.ok) return;
    announce(t('survey.published'));
    onPublished();
  };
  return (
    <div className="editor">
      <Card title={t('survey.write')} aside={<VersionBadge version={versions[0]?.version} />}>
        <p>{t('survey.text')}</p>
        {form.questions.length === 0 ? (
          <Banner
            action={
              <Button size="small" onClick={() => setForm(surveyStart)}>
                {t('survey.useStart')}
              </Button>
            }
          >
            {t('survey.startOffer')}
          </Banner>
        ) : undefined}
        <WordingFields
          label={t('survey.intro')}
          languages={shown}
          value={form.intro}
          onChange={(intro) => setForm((before) => ({ ...before, intro }))}
        />
        <ol className="questions">
          {form.questions.map((question, place) => (
            <li key={question.id}>
              <SurveyQuestionFields
                question={question}
                place={place}
                count={form.questions.length}
                languages={shown}
                onChange={(changed) => setForm((before) => changeQuestion(before, place, changed))}
                onMove={(by) => setForm((before) => moveQuestion(before, place, by))}
                onRemove={() => setForm((before) => removeQuestion(before, place))}
              />
            </li>
          ))}
        </ol>
        <fieldset className="add-question">
          <legend>{t('survey.add')}</legend>
          {questionKinds.map((kind) => (
            <Button
              key={kind}
              size="small"
              icon="plus"
              onClick={() => setForm((before) => addQuestion(before, kind))}
            >
              {t(`survey.kind.${kind}`)}
            </Button>
          ))}
        </fieldset>
        {failure === undefined ? undefined : <FailureNote failure={failure} />}
        <div className="form-acts">
          <Button
            tone="primary"
            busy={busy}
            disabled={!isComplete(form, shown)}
            onClick={() => void publish()}
          >
            {t('survey.publish')}
          </Button>
          <p className="field-hint">
            {t(isComplete(form, shown) ? 'survey.publishHint' : 'survey.incomplete')}
          </p>
        </div>
      </Card>
      <div className="editor-side">
        <SurveyPreview form={form} languages={shown} />
        <SurveyVersions versions={versions} />
      </div>
    </div>
  );
}

function SurveyVersions({ versions }: { readonly versions: readonly SurveyVersion[] }) {
  const { t, plural, dateTime } = useMessages();
  if (versions.length === 0) return undefined;
  return (
    <Card title={t('editor.versions')}>
      <ul className="versions">
        {versions.map((each) => (
          <li key={each.version}>
            {t('editor.version', { version: each.version })} · {dateTime(each.publishedAt)} ·{' '}
            {plural('survey.questions', each.form.questions.length)}
          </li>
        ))}
      </ul>
    </Card>
  );
}
