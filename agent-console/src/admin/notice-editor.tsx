/** The notice a visitor reads before anything about them leaves their browser: written here, version by version. */

import type { Language, NoticeVersionShown, SiteShown } from '@alongside/protocol';
import { languages, NOTICE_ANNOUNCED_DAYS } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Badge } from '../parts/banner.js';
import { TextArea, TextField } from '../parts/field.js';
import { Card } from '../parts/page.js';
import { PublishBar, SiteVersions, StartOffer, VersionBadge, VersionList } from './site-versions.js';
import { noticeStart } from './starting-texts.js';

type Bodies = Readonly<Partial<Record<Language, string>>>;

export function NoticeEditor({
  site,
  onPublished,
}: {
  readonly site: SiteShown;
  readonly onPublished: () => void;
}) {
  return (
    <SiteVersions<NoticeVersionShown> path={`/sites/${site.siteId}/notices`} onPublished={onPublished}>
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
  readonly versions: readonly NoticeVersionShown[];
  readonly onPublished: () => void;
}) {
  const { api } = useApp();
  const { t, date } = useMessages();
  const [effectiveOn, setEffectiveOn] = useState('');
  const [bodies, setBodies] = useState<Bodies>(versions[0]?.body ?? {});
  const shown = languages.filter((each) => site.languages.includes(each));
  const written = shown.filter((each) => (bodies[each] ?? '').trim() !== '');
  return (
    <>
      <Card title={t('notice.write')} aside={<VersionBadge versions={inForce(versions)} />}>
        <p>{t('notice.text')}</p>
        {written.length === 0 ? (
          <StartOffer
            text={t('notice.startOffer')}
            label={t('notice.useStart')}
            onUse={() => setBodies(noticeStart(shown))}
          />
        ) : undefined}
        {shown.map((each) => (
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
        {versions.length === 0 ? undefined : (
          <TextField
            label={t('notice.effectiveOn')}
            hint={t('notice.effectiveHint', { date: date(earliest()) })}
            optional={t('form.optional')}
            type="date"
            value={effectiveOn}
            onText={setEffectiveOn}
          />
        )}
        <PublishBar
          label={t('notice.publish')}
          hint={t(versions.length === 0 ? 'notice.publishHint' : 'notice.announceHint')}
          said={t('notice.published')}
          ready={written.length === shown.length}
          send={() =>
            api.post(`/sites/${site.siteId}/notices`, {
              body: sentBodies(bodies),
              ...(effectiveOn === '' ? {} : { effectiveOn }),
            })
          }
          onPublished={onPublished}
        />
      </Card>
      <div className="editor-side">
        <Card title={t('editor.preview')}>
          {shown.map((each) => (
            <div key={each} className="preview" lang={each}>
              <p className="preview-language">{t(`language.${each}`)}</p>
              <Paragraphs text={bodies[each] ?? ''} />
            </div>
          ))}
          <p className="sub">{t('notice.added')}</p>
        </Card>
        <NoticeVersions versions={versions} />
      </div>
    </>
  );
}

/** A day of no time zone: the next one is the first that is late enough everywhere. */
function earliest(): number {
  return Date.now() + (NOTICE_ANNOUNCED_DAYS + 1) * 24 * 3_600_000;
}

function inForce(versions: readonly NoticeVersionShown[]): readonly NoticeVersionShown[] {
  return versions.filter(({ effectiveAt }) => effectiveAt <= Date.now());
}

function sentBodies(bodies: Bodies): Bodies {
  const entries = languages.map((each) => [each, (bodies[each] ?? '').trim()] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
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
  return (
    <VersionList versions={versions}>
      {({ version, publishedAt, effectiveAt, author, body }) => (
        <details className="more">
          <summary>
            {t('editor.version', { version })} · {dateTime(publishedAt)} · {author}
            {effectiveAt > Date.now() ? (
              <Badge tone="warn">{t('notice.from', { date: dateTime(effectiveAt) })}</Badge>
            ) : undefined}
          </summary>
          {languages.map((language) =>
            body[language] === undefined ? undefined : (
              <div key={language} className="preview" lang={language}>
                <Paragraphs text={body[language] ?? ''} />
              </div>
            ),
          )}
        </details>
      )}
    </VersionList>
  );
}
