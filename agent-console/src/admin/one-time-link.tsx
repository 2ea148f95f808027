/** The link by which a person sets a password, for whoever invited them. */

import type { AgentInvited } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { LinkMade } from '../parts/link-made.js';

export function OneTimeLink({
  title,
  made,
  onClose,
}: {
  readonly title: string;
  readonly made: AgentInvited;
  readonly onClose: () => void;
}) {
  const { t } = useMessages();
  return (
    <LinkMade
      title={title}
      description={t('people.invitedText', { hours: limits.oneTimeLinkMs / 3_600_000 })}
      label={t('people.link', { email: made.agent.email })}
      link={made.enrolUrl}
      once={t('people.linkOnce')}
      onClose={onClose}
    />
  );
}
