/** An officer opens any page of a site and sees beside it what an agent would see. */

import type { Done, SiteShown } from '@alongside/protocol';
import { useEffect, useRef, useState } from 'react';
import { useApp } from '../app/app-context.js';
import { Store, useStore } from '../app/store.js';
import { ReplayPort } from '../engagement/player/replay-port.js';
import { useFit } from '../engagement/player/use-fit.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { TextField } from '../parts/field.js';
import { FailureNote } from '../parts/loaded.js';
import { Card } from '../parts/page.js';
import { useBusy } from '../parts/use-busy.js';
import type { PreviewState } from './preview-window.js';
import { PreviewWindow } from './preview-window.js';
import { originOf } from './site-draft.js';

const none = new Store<PreviewState | 'none'>('none');

export function SitePreview({ site }: { readonly site: SiteShown }) {
  const { api, installation } = useApp();
  const { t } = useMessages();
  const frame = useRef<HTMLIFrameElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const latest = useRef<PreviewWindow>(undefined);
  const [size, setSize] = useState({ width: 1280, height: 800 });
  const [replay, setReplay] = useState<ReplayPort>();
  const [preview, setPreview] = useState<PreviewWindow>();
  const [refused, setRefused] = useState(false);
  const [address, setAddress] = useState(`${site.origins[0] ?? ''}/`);
  const { busy, failure, run } = useBusy();
  const scale = useFit(stage, size);
  const state = useStore<PreviewState | 'none'>(preview?.state ?? none);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const port: ReplayPort = new ReplayPort({
      onReady: () => setReplay(port),
      onSize: setSize,
      onBroken: () => latest.current?.broken(),
    });
    const detach = port.attach(element, installation.replayOrigin);
    element.src = `${installation.replayOrigin}/`;
    return detach;
  }, [installation.replayOrigin]);
  useEffect(() => () => preview?.close(), [preview]);
  const isOfSite = site.origins.some((origin) => origin === originOf(address));
  const open = (): void => {
    if (!isOfSite || replay === undefined) return;
    preview?.close();
    // Within the press: a browser opens no window later.
    const opened = PreviewWindow.open(address, { replay, origins: site.origins, masking: site.masking });
    setRefused(opened === undefined);
    setPreview(opened);
    latest.current = opened;
    if (opened === undefined) return;
    void run(() => api.post<Done>(`/sites/${encodeURIComponent(site.siteId)}/previews`, undefined)).then(
      (noted) => {
        // What cannot be written to the audit is not looked at.
        if (!noted.ok) opened.close();
      },
    );
  };
  const isShown = state === 'shown' || state === 'faulty';
  return (
    <Card title={t('preview.title')}>
      <p>{t('preview.text')}</p>
      <form
        className="form preview-form"
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        <TextField
          label={t('preview.address')}
          type="url"
          required
          value={address}
          error={isOfSite ? undefined : t('preview.notOfSite', { origins: site.origins.join(', ') })}
          onText={setAddress}
        />
        <div className="form-acts">
          <Button type="submit" tone="primary" busy={busy} disabled={replay === undefined || !isOfSite}>
            {t('preview.open')}
          </Button>
        </div>
      </form>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      {refused ? <Banner tone="warn">{t('preview.blocked')}</Banner> : undefined}
      <p role="status" className="sub">
        {state === 'none' ? '' : t(`preview.${state}`)}
      </p>
      <div className="preview-stage player-stage" ref={stage} hidden={!isShown}>
        <div className="player-fit" style={{ width: size.width * scale, height: size.height * scale }}>
          <iframe
            ref={frame}
            className="player-frame"
            title={t('preview.frame')}
            sandbox="allow-scripts allow-same-origin"
            referrerPolicy="no-referrer"
            tabIndex={-1}
            width={size.width}
            height={size.height}
            style={{ transform: `scale(${scale})` }}
            data-testid="replay-frame"
          />
        </div>
      </div>
    </Card>
  );
}
