/** Beside the lead: the ways into a call, on in it in another way and out of it; and who else is in it. */

import { callRoleOf } from '@alongside/engagement';
import { holdsCalls } from '@alongside/frames';
import type { CallExpert, CallMode } from '@alongside/protocol';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import { Button } from '../../parts/button.js';
import { FailureNote } from '../../parts/loaded.js';
import { useBusy } from '../../parts/use-busy.js';
import type { EngagementRoom } from '../engagement-room.js';
import { useMay } from '../use-may.js';
import { InviteExpert } from './invite-expert.js';
import { useVoiceElsewhere } from './use-voice-elsewhere.js';

const icons = { speak: 'phone', whisper: 'mic', listen: 'eye' } as const;

export function CallAttendance({ room }: { readonly room: EngagementRoom }) {
  const { desk } = useApp();
  const { t } = useMessages();
  const view = useStore(room.view);
  const may = useMay(room);
  const { busy, failure, run } = useBusy();
  const isElsewhere = useVoiceElsewhere(room);
  const { call, agents } = view;
  if (call.state !== 'on') return undefined;
  const own = agents.find(({ agentId }) => agentId === desk.me);
  const role = callRoleOf(desk.me, view);
  const now = call.present?.find(({ agentId }) => agentId === desk.me)?.mode;
  const modes: readonly CallMode[] = own?.supervises ? ['listen', 'whisper', 'speak'] : ['speak'];
  const lead = agents[0]?.displayName ?? '';
  return (
    <div className="call-attendance">
      <PeopleInCall room={room} />
      {role === 'lead' ? <InviteExpert room={room} callId={call.callId} /> : undefined}
      {role === 'announced' ? <p role="status">{t('attend.waiting')}</p> : undefined}
      {role === 'announced' ? undefined : <Heir room={room} />}
      {may('call:attend') && holdsCalls() ? (
        <div className="call-acts">
          {modes
            .filter((mode) => mode !== now && (mode === 'listen' || !isElsewhere))
            .map((mode) => (
              <Button
                key={mode}
                size="small"
                icon={icons[mode]}
                busy={busy}
                onClick={() => void run(() => room.call.attend(mode))}
              >
                {t(`attend.${mode}`, { name: lead })}
              </Button>
            ))}
          {may('call:leave') ? (
            <Button
              size="small"
              tone="danger"
              icon="phone"
              busy={busy}
              onClick={() => void run(() => room.plain('call:leave'))}
            >
              {t('attend.leave')}
            </Button>
          ) : undefined}
        </div>
      ) : undefined}
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
    </div>
  );
}

/** Who was asked to lead the call, and what came of it. */
function Heir({ room }: { readonly room: EngagementRoom }) {
  const { desk } = useApp();
  const { t } = useMessages();
  const may = useMay(room);
  const because = useStore(room.because);
  const { agent, agents, call } = useStore(room.view);
  const { busy, failure, run } = useBusy();
  const heir = call.state === 'on' ? call.heir : undefined;
  if (heir === undefined)
    return because === 'lead:declined' ? (
      <p>{t('change.lead:declined', { name: agent?.displayName ?? '' })}</p>
    ) : undefined;
  const name = agents.find(({ agentId }) => agentId === heir.agentId)?.displayName ?? '';
  return (
    <>
      <p role="status" data-testid="call-heir">
        {heir.agentId === desk.me ? t('attend.heirYou') : t('attend.heir', { name })}
      </p>
      {may('engagement:keepLead') ? (
        <Button size="small" busy={busy} onClick={() => void run(() => room.plain('engagement:keepLead'))}>
          {t(heir.by === desk.me ? 'attend.takeBack' : 'attend.decline')}
        </Button>
      ) : undefined}
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
    </>
  );
}

function PeopleInCall({ room }: { readonly room: EngagementRoom }) {
  const { desk } = useApp();
  const { t } = useMessages();
  const { call, agents } = useStore(room.view);
  const present = call.state === 'on' ? (call.present ?? []) : [];
  if (present.length === 0) return undefined;
  const nameOf = (id: string): string => agents.find(({ agentId }) => agentId === id)?.displayName ?? '';
  return (
    <ul className="call-people" aria-label={t('attend.people')} data-testid="call-people">
      {present.map(({ presenceId, agentId, mode, noticed, expert }) => (
        <li key={presenceId} data-mode={mode} data-noticed={noticed}>
          {expert === undefined ? undefined : (
            <ExpertInCall room={room} presenceId={presenceId} expert={expert} noticed={noticed} />
          )}
          {expert === undefined && agentId === desk.me ? t(`attend.you.${mode}`) : undefined}
          {expert === undefined && agentId !== desk.me
            ? t(`attend.is.${mode}`, { name: nameOf(agentId) })
            : undefined}
        </li>
      ))}
    </ul>
  );
}

/** Any agent in the call may end it: nothing is asked, since it can be joined again by another link. */
function ExpertInCall({
  room,
  presenceId,
  expert: { displayName: name, organisation },
  noticed,
}: {
  readonly room: EngagementRoom;
  readonly presenceId: string;
  readonly expert: CallExpert;
  readonly noticed: boolean;
}) {
  const { t } = useMessages();
  const may = useMay(room);
  const { busy, run } = useBusy();
  return (
    <>
      <span>{t(noticed ? 'experts.is' : 'experts.waits', { name, organisation })}</span>
      {may('call:remove') ? (
        <Button
          size="small"
          tone="quiet"
          busy={busy}
          aria-label={t('experts.remove', { name })}
          onClick={() => void run(() => room.live.send('call:remove', { engagementId: room.id, presenceId }))}
        >
          {t('experts.removeShort')}
        </Button>
      ) : undefined}
    </>
  );
}
