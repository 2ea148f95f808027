/** Chat, and the end of an engagement: what both sides have. */

import type { ChatNumbered, ChatSend, ChatTyping, CommandValues, Done, Reply } from '@alongside/protocol';
import { accept, limits, refuse } from '@alongside/protocol';
import type { Actor } from '../actor.js';
import { RateWindow } from '../rate-window.js';
import type { CommandDeps } from './command-deps.js';
import { done } from './command-deps.js';
import { framePass } from './frame-pass.js';

export function chatCommands(deps: CommandDeps) {
  const { runner, chat, typing, announcer } = deps;
  // By session, so that another window of the same agent is not held back.
  const rates = new WeakMap<object, RateWindow>();
  return {
    'chat:send': async (actor: Actor, { lineId, text }: ChatSend): Promise<Reply<ChatNumbered>> => {
      const rate = rates.get(actor.session) ?? new RateWindow(deps.clock, limits.chatLinesPer10s);
      rates.set(actor.session, rate);
      if (!rate.take()) return refuse('tooFast');
      const { engagementId, party, socketId } = actor;
      const agent = actor.party === 'agent' ? { agentId: actor.agentId } : {};
      return chat.send({ engagementId, party, socketId, ...agent }, { lineId, text });
    },
    'chat:typing': (actor: Actor, body: ChatTyping): Reply<Done> => {
      const { engagementId } = actor;
      const who = actor.party === 'agent' ? actor.agentId : undefined;
      if (typing.mayTell(engagementId, who, body.typing)) {
        announcer.typed(engagementId, who, body.typing);
      }
      return accept({});
    },
    'engagement:end': async (actor: Actor): Promise<Reply<Done>> => {
      const { engagementId, party: by } = actor;
      // What is shared stops at once, whether or not the end can be committed now.
      runner.runNow(engagementId, { type: 'stopSharing', by });
      const reason = by === 'visitor' ? 'visitorEnded' : 'agentEnded';
      return done(await runner.run(engagementId, { type: 'end', by, reason }));
    },
    'frames:pass': (actor: Actor): Reply<CommandValues['frames:pass']> => framePass(deps, actor),
  };
}
