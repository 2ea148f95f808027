/** The page at an expert's link: what they are asked into, the call itself, and why there is none any more. */

import { holdsCalls } from '@alongside/frames';
import type { ExpertLooked } from '@alongside/protocol';
import { useEffect, useState } from 'react';
import type { Failure } from '../app/failure.js';
import { useStore } from '../app/store.js';
import { failureText } from '../messages/failure-text.js';
import { useMessages } from '../messages/use-messages.js';
import { Announcer } from '../parts/announcer.js';
import { Banner } from '../parts/banner.js';
import { FailureNote, Loaded } from '../parts/loaded.js';
import { useLoaded } from '../parts/use-loaded.js';
import { request } from '../session/api.js';
import { Gate } from '../session/gate.js';
import { ExpertCall } from './expert-call.js';
import { ExpertInvitation } from './expert-invitation.js';
import type { VisitEnd, WayIn } from './expert-visit.js';
import { ExpertVisit, endBefore, isLinkEnd, linkEndOf, wasAnswered } from './expert-visit.js';
import { keptPlace } from './kept-place.js';

const SECRET = /^#([A-Za-z0-9_-]{43})$/;

export function ExpertPage() {
  return (
    <>
      <Announcer />
      <Entrance />
    </>
  );
}

function Entrance() {
  // As it was when the page was opened: a visit that is over is not begun again by what it leaves behind.
  const [kept] = useState(keptPlace);
  const [ended] = useState(endBefore);
  const [secret] = useState(() => SECRET.exec(location.hash)?.[1]);
  useEffect(() => {
    // Another link in the same tab is another visit.
    const anew = (): void => location.reload();
    globalThis.addEventListener('hashchange', anew);
    return () => globalThis.removeEventListener('hashchange', anew);
  }, []);
  if (!holdsCalls()) return <Over why="unsupported" />;
  // A link that was used stands in the address no more: one that does is newer than what was kept.
  if (secret !== undefined) return <AtLink secret={secret} />;
  if (kept === undefined) return <Over why={ended ?? 'wrong'} />;
  const { engagementId, microphone, ...pass } = kept;
  return <Visit way={{ engagementId, microphone, pass }} />;
}

function AtLink({ secret }: { readonly secret: string }) {
  const { t } = useMessages();
  const looked = useLoaded(secret, () =>
    request<ExpertLooked>('POST', '/experts/look', { body: { secret } }),
  );
  if (looked.state === 'failed') {
    const { failure } = looked;
    if (failure.detail === 'used' && wasAnswered()) return <Over why="lost" />;
    if (isLinkEnd(failure) || failure.code === 'notFound') return <Over why={linkEndOf(failure)} />;
    if (failure.code === 'transferRefused') return <Refused failure={failure} />;
  }
  if (looked.state === 'loaded') {
    const { engagementId } = looked.value;
    return <Visit way={{ engagementId, secret }} looked={looked.value} />;
  }
  return (
    <Gate title={t('expert.title')}>
      <Loaded from={looked}>{() => undefined}</Loaded>
    </Gate>
  );
}

function Visit({ way, looked }: { readonly way: WayIn; readonly looked?: ExpertLooked }) {
  const { t } = useMessages();
  const [visit] = useState(() => new ExpertVisit(way));
  const state = useStore(visit.state);
  switch (state.stage) {
    case 'over':
      return <Over why={state.why} />;
    case 'in':
      return <ExpertCall visit={visit} view={state.view} connected={state.connected} />;
    case 'failed':
      if (state.failure.code === 'transferRefused') return <Refused failure={state.failure} />;
      return (
        <Gate title={t('expert.title')}>
          <FailureNote failure={state.failure} onRetry={() => visit.join()} />
        </Gate>
      );
    default:
      return looked === undefined ? (
        <Gate title={t('expert.title')}>
          <p role="status">{t('expert.joining')}</p>
        </Gate>
      ) : (
        <ExpertInvitation visit={visit} looked={looked} joining={state.stage === 'joining'} />
      );
  }
}

/** Not a fault of theirs: what is missing, the one who invited them has to settle. */
function Refused({ failure }: { readonly failure: Failure }) {
  const messages = useMessages();
  const { t } = messages;
  return (
    <Gate title={t('expert.over.refused')}>
      <Banner tone="bad">{failureText(failure, messages)}</Banner>
      <p className="gate-other">{t('expert.over.refusedText')}</p>
    </Gate>
  );
}

function Over({ why }: { readonly why: VisitEnd }) {
  const { t } = useMessages();
  return (
    <Gate title={t(`expert.over.${why}`)}>
      <p className="gate-intro" role="status">
        {t(`expert.over.${why}Text`)}
      </p>
    </Gate>
  );
}
