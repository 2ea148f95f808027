/** The visitor's explicit consent to showing the conversation where nothing else covers it. */

import type { AskId, Done, Language, Reply } from '@alongside/protocol';
import { withdrawTransfers } from '../../engagement/remove-or-end.js';
import type { VisitorActor } from '../actor.js';
import type { CommandDeps } from './command-deps.js';
import { done } from './command-deps.js';

interface Granted {
  readonly askId: AskId;
  readonly version: string;
  readonly language: Language;
}

export function visitorTransferCommands(deps: CommandDeps) {
  const { runner } = deps;
  return {
    'transfer:grant': async ({ engagementId }: VisitorActor, granted: Granted): Promise<Reply<Done>> =>
      done(await runner.run(engagementId, { type: 'grantTransfer', ...granted })),
    'transfer:refuse': ({ engagementId }: VisitorActor, { askId }: { readonly askId: AskId }): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'refuseTransfer', askId })),
    'transfer:withdraw': ({ engagementId }: VisitorActor): Reply<Done> =>
      done(withdrawTransfers(deps, engagementId)),
  };
}
