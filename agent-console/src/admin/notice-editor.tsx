/** The notice a visitor reads before anything about them leaves their browser: written here, version by version. */

import type { Language, NoticeVersionShown, SiteShown } from '@alongside/protocol';
import { languages } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Badge, Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { TextArea } from '../parts/field.js';
import { FailureNote, Loaded } from '../parts/loaded.js';
import { Card } from '../parts/page.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';
import { noticeStart } from './starting-texts.js';

type Bodies = Readonly<Partial<Record<Language, string>>>;

export function NoticeEditor({
  site,
  onPublished,
}: {
  readonly site: SiteShown;
  readonly onPublished: () => void;
}) {
  const { api } = useApp();
  const path = `/sites/${site.siteId}/notices`;
  const versions = useLoaded(path, () => api.get<readonly NoticeVersionShown[]>(path));
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
  readonly versions: readonly NoticeVersionShown[];
  readonly onPublished: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const [bodies, setBodies] = useState<Bodies>(versions[0]?.body ?? {});
  const { busy, failure, run } = useBusy();
  const shownLanguages = languages.filter((each) => site.languages.includes(each));
  const isEmpty = shownLanguages.every((each) => (bodies[each] ?? '').trim() === '');
  const lacks = shownLanguages.filter((each) => (bodies[each] ?? '').trim() === '');
  const publish = async (): Promise<void> => {
    const entries = languages.map((each) => [each, (bodies[each] ?? '').trim()] as const);
    const body = Object.fromEntries(entries.filter(([, text]) => text !== ''));
    const done = await run(() => api.post(`/sites/${site.siteId}/notices`, { body }));
    if (!done.ok) return;
    announce(t('notice.published'));
    onPublished();
  };
  return (
    <div className="editor">
      <Card title={t('notice.write')} aside={<VersionBadge version={versions[0]?.version} />}>
        <p>{t('notice.text')}</p>
        {isEmpty ? (
          <Banner
            action={
              <Button size="small" onClick={() => setBodies(noticeStart(shownLanguages))}>
                {t('notice.useStart')}
              </Button>
            }
          >
            {t('notice.startOffer')}
          </Banner>
        ) : undefined}
        {shownLanguages.map((each) => (
          <TextArea
            key={each}
            label={t('notice.body', { language: t(`language.${each}`) })}
            lang={each}
            rows={10}
            maxLength={4000}
            value={bodies[each] ?? ''}
            onText={(text) => setBodies((before) => ({ ...before, [each]: text }))}
          />
        ))}
        {failure === undefined ? undefined : <FailureNote failure={failure} />}
        <div className="form-acts">
          <Button tone="primary" busy={busy} disabled={lacks.length > 0} onClick={() => void publish()}>
            {t('notice.publish')}
          </Button>
          <p className="field-hint">{t('notice.publishHint')}</p>
        </div>
      </Card>
      <div className="editor-side">
        <Card title={t('editor.preview')}>
          {shownLanguages.map((each) => (
            <div key={each} className="preview" lang={each}>
              <p className="preview-language">{t(`language.${each}`)}</p>
              <Paragraphs text={bodies[each] ?? ''} />
            </div>
          ))}
          <p className="sub">{t('notice.added')}</p>
        </Card>
        <NoticeVersions versions={versions} />
      </div>
    </div>
  );
}

export function VersionBadge({ version }: { readonly version: number | undefined }) {
  const { t } = useMessages();
  if (version === undefined) return <Badge tone="warn">{t('editor.unpublished')}</Badge>;
  return <Badge tone="good">{t('editor.inForce', { version })}</Badge>;
}

function Paragraphs({ text }: { readonly text: string }) {
  const paragraphs = text.split(/\n{2,}/).filter((each) => each.trim() !== '');
  return paragraphs.map((paragraph, place) => (
    // Paragraphs have nothing else to be named by.
    <p key={place} className="preview-text">
      {paragraph}
    </p>
  ));
}

function NoticeVersions({ versions }: { readonly versions: readonly NoticeVersionShown[] }) {
  const { t, dateTime } = useMessages();
  if (versions.length === 0) return undefined;
  return (
    <Card title={t('editor.versions')}>
      <ul className="versions">
        {versions.map((each) => (
          <li key={each.version}>
            <details className="more">
              <summary>
                {t('editor.version', { version: each.version })} · {dateTime(each.publishedAt)} ·{' '}
                {each.author}
              </summary>
              {languages.map((language) =>
                each.body[language] === undefined ? undefined : (
                  <div key={language} className="preview" lang={language}>
                    <Paragraphs text={each.body[language] ?? ''} />
                  </div>
                ),
              )}
            </details>
          </li>
        ))}
      </ul>
    </Card>
  );
}
