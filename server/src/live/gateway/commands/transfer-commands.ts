/** The visitor's explicit consent to showing the conversation where nothing else covers it. */

import { agentsOf } from '@alongside/engagement';
import type { AskId, Done, Language, Reply } from '@alongside/protocol';
import { removeOrEnd } from '../../engagement/remove-or-end.js';
import type { VisitorActor } from '../actor.js';
import type { CommandDeps } from './command-deps.js';
import { done } from './command-deps.js';

interface Granted {
  readonly askId: AskId;
  readonly version: string;
  readonly language: Language;
}

export function visitorTransferCommands(deps: CommandDeps) {
  const { runner, directory } = deps;
  return {
    'transfer:grant': async ({ engagementId }: VisitorActor, granted: Granted): Promise<Reply<Done>> =>
      done(await runner.run(engagementId, { type: 'grantTransfer', ...granted })),
    'transfer:refuse': ({ engagementId }: VisitorActor, { askId }: { readonly askId: AskId }): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'refuseTransfer', askId })),
    /** In one turn with those who are in by it, and whether or not anything can be written down now. */
    'transfer:withdraw': ({ engagementId }: VisitorActor): Reply<Done> => {
      const engagement = directory.get(engagementId);
      const rest = engagement === undefined ? [] : agentsOf(engagement).filter(({ byConsent }) => byConsent);
      const withdrawn = done(runner.runNow(engagementId, { type: 'withdrawTransfers' }));
      // The lead last: whoever is left then leads, or nobody is and it ends.
      for (const { agentId } of rest.toReversed())
        removeOrEnd(deps, { engagementId, agentId, reason: 'transferLapsed' });
      return withdrawn;
    },
  };
}
