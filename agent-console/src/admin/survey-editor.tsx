/** The survey a visitor may answer at the end: edited here, version by version. */

import type { SiteShown, SurveyForm, SurveyVersion } from '@alongside/protocol';
import { languages } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/page.js';
import { PublishBar, SiteVersions, StartOffer, VersionBadge, VersionList } from './site-versions.js';
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
  return (
    <SiteVersions<SurveyVersion> path={`/sites/${site.siteId}/surveys`} onPublished={onPublished}>
      {(versions, published) => <Editor site={site} versions={versions} onPublished={published} />}
    </SiteVersions>
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
  const shown = languages.filter((each) => site.languages.includes(each));
  return (
    <>
      <Card title={t('survey.write')} aside={<VersionBadge versions={versions} />}>
        <p>{t('survey.text')}</p>
        {form.questions.length === 0 ? (
          <StartOffer
            text={t('survey.startOffer')}
            label={t('survey.useStart')}
            onUse={() => setForm(surveyStart)}
          />
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
        <PublishBar
          label={t('survey.publish')}
          hint={t(isComplete(form, shown) ? 'survey.publishHint' : 'survey.incomplete')}
          said={t('survey.published')}
          ready={isComplete(form, shown)}
          send={() => api.post(`/sites/${site.siteId}/surveys`, sentForm(form, shown))}
          onPublished={onPublished}
        />
      </Card>
      <div className="editor-side">
        <SurveyPreview form={form} languages={shown} />
        <SurveyVersions versions={versions} />
      </div>
    </>
  );
}

function SurveyVersions({ versions }: { readonly versions: readonly SurveyVersion[] }) {
  const { t, plural, dateTime } = useMessages();
  return (
    <VersionList versions={versions}>
      {({ version, publishedAt, form }) => (
        <>
          {t('editor.version', { version })} · {dateTime(publishedAt)} ·{' '}
          {plural('survey.questions', form.questions.length)}
        </>
      )}
    </VersionList>
  );
}
