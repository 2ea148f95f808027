/** What a site publishes version by version, as notice and survey: what is in force, the next one, and those before. */

import type { ReactNode } from 'react';
import { useApp } from '../app/app-context.js';
import type { Result } from '../app/failure.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Badge, Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { FailureNote, Loaded } from '../parts/loaded.js';
import { Card } from '../parts/page.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';

export interface Version {
  readonly version: number;
}

/** The versions, newest first. What edits them begins anew with each one that is published. */
export function SiteVersions<V extends Version>({
  path,
  onPublished,
  children,
}: {
  readonly path: string;
  readonly onPublished: () => void;
  readonly children: (versions: readonly V[], published: () => void) => ReactNode;
}) {
  const { api } = useApp();
  const versions = useLoaded(path, () => api.get<readonly V[]>(path));
  const published = (): void => {
    versions.reload();
    onPublished();
  };
  return (
    <Loaded from={versions}>
      {(list) => (
        <div className="editor" key={list.length}>
          {children(
            [...list].sort((a, b) => b.version - a.version),
            published,
          )}
        </div>
      )}
    </Loaded>
  );
}

export function VersionBadge({ versions }: { readonly versions: readonly Version[] }) {
  const { t } = useMessages();
  const [latest] = versions;
  if (latest === undefined) return <Badge tone="warn">{t('editor.unpublished')}</Badge>;
  return <Badge tone="good">{t('editor.inForce', { version: latest.version })}</Badge>;
}

/** Offered while nothing is written yet. */
export function StartOffer({
  text,
  label,
  onUse,
}: {
  readonly text: string;
  readonly label: string;
  readonly onUse: () => void;
}) {
  return (
    <Banner
      action={
        <Button size="small" onClick={onUse}>
          {label}
        </Button>
      }
    >
      {text}
    </Banner>
  );
}

export function PublishBar({
  label,
  hint,
  said,
  ready,
  send,
  onPublished,
}: {
  readonly label: string;
  readonly hint: string;
  /** Said once it is published. */
  readonly said: string;
  readonly ready: boolean;
  readonly send: () => Promise<Result<unknown>>;
  readonly onPublished: () => void;
}) {
  const { busy, failure, run } = useBusy();
  const publish = async (): Promise<void> => {
    const done = await run(send);
    if (!done.ok) return;
    announce(said);
    onPublished();
  };
  return (
    <>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      <div className="form-acts">
        <Button tone="primary" busy={busy} disabled={!ready} onClick={() => void publish()}>
          {label}
        </Button>
        <p className="field-hint">{hint}</p>
      </div>
    </>
  );
}

export function VersionList<V extends Version>({
  versions,
  children,
}: {
  readonly versions: readonly V[];
  readonly children: (version: V) => ReactNode;
}) {
  const { t } = useMessages();
  if (versions.length === 0) return undefined;
  return (
    <Card title={t('editor.versions')}>
      <ul className="versions">
        {versions.map((each) => (
          <li key={each.version}>{children(each)}</li>
        ))}
      </ul>
    </Card>
  );
}
