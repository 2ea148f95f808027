/** Decides what is shown: the way in for those who are not signed in, the console for those who are. */

import type { Installation, Me } from '@alongside/protocol';
import { useEffect, useState } from 'react';
import { Desk } from '../live/desk.js';
import { Announcer } from '../parts/announcer.js';
import { FailureNote } from '../parts/loaded.js';
import { useLoaded } from '../parts/use-loaded.js';
import { OwnCasePage } from '../rights/own-case-page.js';
import { ReferPage } from '../rights/refer-page.js';
import { request } from '../session/api.js';
import { EnrolPage } from '../session/enrol-page.js';
import { Gate } from '../session/gate.js';
import { PledgePage } from '../session/pledge-page.js';
import { RestorePage } from '../session/restore-page.js';
import type { Session } from '../session/session.js';
import { SignInPage } from '../session/sign-in-page.js';
import { SignUpPage } from '../session/sign-up-page.js';
import { AppProvider } from './app-context.js';
import { route } from './router.js';
import { Shell } from './shell.js';
import { Starting } from './starting.js';
import { useStore } from './store.js';

export function App({ session }: { readonly session: Session }) {
  const installation = useLoaded('installation', () => request<Installation>('GET', '/installation'));
  const isUnreachable = installation.state === 'failed';
  const { reload } = installation;
  useEffect(() => {
    if (!isUnreachable) return;
    const timer = setInterval(reload, 3000);
    return () => clearInterval(timer);
  }, [isUnreachable, reload]);
  return (
    <>
      <Announcer />
      {installation.state === 'loading' ? <Starting /> : undefined}
      {installation.state === 'failed' ? (
        <Gate title="Alongside">
          <FailureNote failure={installation.failure} onRetry={reload} />
        </Gate>
      ) : undefined}
      {installation.state === 'loaded' ? (
        <Entrance session={session} installation={installation.value} />
      ) : undefined}
    </>
  );
}

function Entrance({
  session,
  installation,
}: {
  readonly session: Session;
  readonly installation: Installation;
}) {
  const state = useStore(session.state);
  const shown = useStore(route);
  const { screen } = shown;
  if (screen === 'ownCase') return <OwnCasePage />;
  if (screen === 'refer') return <ReferPage siteKey={shown.siteKey} />;
  if (screen === 'restore' && state.state === 'signedOut') return <RestorePage />;
  if (screen === 'enrol') return <EnrolPage session={session} />;
  switch (state.state) {
    case 'starting':
      return <Starting />;
    case 'unreachable':
      return (
        <Gate title="Alongside">
          <FailureNote failure={{ code: 'unreachable' }} onRetry={() => void session.start()} />
        </Gate>
      );
    case 'signedOut':
      if (screen === 'signUp' && installation.signUp !== 'closed')
        return <SignUpPage installation={installation} />;
      return <SignInPage session={session} installation={installation} because={state.because} />;
    case 'signedIn':
      if (!state.me.hasPledged) return <PledgePage session={session} me={state.me} />;
      return <SignedIn key={state.me.agentId} session={session} installation={installation} me={state.me} />;
  }
}

/** The desk lives as long as the same person is signed in, whatever screen is shown. */
function SignedIn({
  session,
  installation,
  me,
}: {
  readonly session: Session;
  readonly installation: Installation;
  readonly me: Me;
}) {
  const [desk, setDesk] = useState<Desk>();
  const isAtDesk = me.roles.includes('agent') || me.roles.includes('supervisor');
  useEffect(() => {
    const created = new Desk(session.api, me.agentId);
    if (isAtDesk) created.start();
    setDesk(created);
    return () => created.close();
  }, [session, me.agentId, isAtDesk]);
  if (desk === undefined) return <Starting />;
  return (
    <AppProvider value={{ session, api: session.api, desk, me, installation }}>
      <Shell isAtDesk={isAtDesk} />
    </AppProvider>
  );
}
