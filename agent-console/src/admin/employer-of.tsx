/** For whom a person works, and the press by which another officer confirms it. */

import type { AgentShown, Done } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { FailureNote } from '../parts/loaded.js';
import { useBusy } from '../parts/use-busy.js';

export function EmployerOf({
  person: { agentId, employer, employerWaits, displayName, email },
  onChanged,
}: {
  readonly person: AgentShown;
  readonly onChanged: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const { busy, failure, run } = useBusy();
  if (employer === undefined && employerWaits === undefined) return undefined;
  const named = employer ?? t('people.employerOwn');
  const approve = async (): Promise<void> => {
    const done = await run(() => api.post<Done>(`/agents/${agentId}/employer-approval`, {}));
    if (!done.ok) return;
    announce(t('people.employerApproved'));
    onChanged();
  };
  return (
    <>
      <span className="sub">{t('people.employerOf', { employer: named })}</span>
      {employerWaits === undefined ? undefined : <span className="sub">{t('people.employerWaits')}</span>}
      {employerWaits === 'approval' ? (
        <div className="row-acts">
          <Button
            size="small"
            tone="primary"
            busy={busy}
            onClick={() => void approve()}
            aria-label={t('people.employerApproveOf', { name: displayName ?? email, employer: named })}
          >
            {t('people.employerApprove')}
          </Button>
        </div>
      ) : undefined}
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
    </>
  );
}
