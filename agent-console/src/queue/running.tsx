/** What colleagues lead on one's sites, and the way to take part in it. */

import type { CallMode, JoinedRole, RunningEntry } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import type { Failure } from '../app/failure.js';
import { go } from '../app/router.js';
import { useStore } from '../app/store.js';
import { useVoiceElsewhere } from '../engagement/call/use-voice-elsewhere.js';
import { isBeingAsked } from '../live/desk.js';
import { clockSpan } from '../messages/formats.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Badge } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { FailureNote } from '../parts/loaded.js';
import { useNow } from '../parts/use-now.js';

export function Running() {
  const { desk } = useApp();
  const { t } = useMessages();
  const { running } = useStore(desk.view);
  const [failure, setFailure] = useState<Failure>();
  if (running.length === 0) return undefined;
  return (
    <section className="running" aria-labelledby="running-title">
      <h2 id="running-title">{t('agents.running')}</h2>
      <p>{t('agents.runningText')}</p>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      <ul className="queue">
        {running.map((entry) => (
          <RunningRow key={entry.engagementId} entry={entry} onFailure={setFailure} />
        ))}
      </ul>
    </section>
  );
}

function callModes(isHeardElsewhere: boolean): readonly CallMode[] {
  return isHeardElsewhere ? ['listen'] : ['listen', 'whisper', 'speak'];
}

function RunningRow({
  entry,
  onFailure,
}: {
  readonly entry: RunningEntry;
  readonly onFailure: (failure: Failure | undefined) => void;
}) {
  const { desk, me } = useApp();
  const { t, named } = useMessages();
  const now = useNow(desk.clock);
  const [busy, setBusy] = useState<JoinedRole | CallMode>();
  const isElsewhere = useVoiceElsewhere();
  const [lead, ...others] = entry.agents.map(({ displayName }) => displayName);
  const who = entry.visitorName ?? t('visitor.unnamed');
  const names = { name: lead ?? '', who };
  /** Into the call as well, where there is one and a way into it was pressed. */
  const join = async (as: JoinedRole, mode?: CallMode): Promise<void> => {
    setBusy(mode ?? as);
    onFailure(undefined);
    const joined = await desk.join(entry.engagementId, as);
    if (joined.ok) {
      if (mode !== undefined) void desk.room(entry.engagementId)?.call.attend(mode);
      announce(t('agents.joined'));
      go({ screen: 'engagement', id: entry.engagementId });
      return;
    }
    setBusy(undefined);
    onFailure(isBeingAsked(joined.failure) ? undefined : joined.failure);
  };
  return (
    <li className="queue-row">
      <div className="queue-what">
        <p className="queue-topic">{entry.topic ?? t('queue.noTopic')}</p>
        <p className="queue-who">
          {who} <span aria-hidden="true">·</span> {entry.siteName} <span aria-hidden="true">·</span>{' '}
          {t('agents.ledBy', { name: lead ?? '' })}
          {others.length === 0 ? '' : `, ${t('agents.others', { names: others.join(', ') })}`}
        </p>
      </div>
      <div className="queue-facts">
        <Badge tone="quiet">{named(`language.${entry.language}`, entry.language)}</Badge>
      </div>
      <div className="queue-time">
        <span className="visually-hidden">{t('engagement.since')} </span>
        <span className="queue-clock">{clockSpan(now - entry.requestedAt)}</span>
      </div>
      <div className="running-acts">
        {me.roles.includes('agent') ? (
          <Button
            busy={busy === 'agent'}
            onClick={() => void join('agent')}
            aria-label={t('agents.joinNamed', names)}
          >
            {t('agents.join')}
          </Button>
        ) : undefined}
        {me.roles.includes('supervisor') ? (
          <Button
            tone="quiet"
            busy={busy === 'supervisor'}
            onClick={() => void join('supervisor')}
            aria-label={t('agents.superviseNamed', names)}
          >
            {t('agents.supervise')}
          </Button>
        ) : undefined}
        {me.roles.includes('supervisor') && entry.calling
          ? callModes(isElsewhere).map((mode) => (
              <Button
                key={mode}
                size="small"
                busy={busy === mode}
                onClick={() => void join('supervisor', mode)}
                aria-label={t(`attend.${mode}Named`, names)}
              >
                {t(mode === 'whisper' ? 'attend.whisperTo' : `attend.${mode}`)}
              </Button>
            ))
          : undefined}
      </div>
    </li>
  );
}
