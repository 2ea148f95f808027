/** Says to a screen reader what has changed in the engagement, for whoever does not see it change. */

import type { EngagementChange, LeaseView } from '@alongside/protocol';
import type { ReadonlySignal } from '@preact/signals';
import type { AgentsHere } from './agents/agents-here.js';
import type { Speech } from './messages/speech.js';

/** As much of the panel as is spoken of. */
export interface AnnouncingPanel {
  readonly speech: Speech;
  readonly agentName: ReadonlySignal<string>;
  readonly agents: Pick<AgentsHere, 'names' | 'nameOf' | 'seeing' | 'tell'>;
  readonly sharing: { readonly lent: { readonly leases: ReadonlySignal<readonly LeaseView[]> } };
  announce(text: string): void;
  minimise(): void;
}

export function announceChange(panel: AnnouncingPanel, because: EngagementChange): void {
  const { speech } = panel;
  const agent = panel.agentName.value;
  if (because === 'engagement:accepted') panel.announce(speech.say('chat.accepted', { agent }));
  if (because === 'view:granted') {
    const { agents } = panel;
    const seeing = agents.seeing.value;
    const many = seeing.length > 1;
    panel.announce(
      many
        ? `${speech.say('watch.bannerMany', { agents: agents.names(seeing) })}.`
        : speech.say('watch.started', { agent: seeing[0]?.displayName ?? agent }),
    );
    // On a small screen the window hides the very page that two people want to look at.
    if (matchMedia('(max-width: 480px)').matches) panel.minimise();
  }
  if (because === 'view:stopped') panel.announce(speech.say('watch.stopped'));
  // It is gone from the screen, maybe while it was being read.
  if (because === 'view:cancelled' || because === 'control:cancelled')
    panel.agents.tell(speech.say('watch.askOver'));
  if (because === 'control:granted') announceLent(panel);
  if (because === 'control:ended') panel.announce(speech.say('control.ended'));
}

function announceLent(panel: AnnouncingPanel): void {
  const { speech } = panel;
  const lent = panel.sharing.lent.leases.value.at(-1);
  const agent = panel.agents.nameOf(lent?.agentId);
  const kinds = speech.list((lent?.kinds ?? []).map((kind) => speech.say(`control.${kind}`)));
  panel.announce(speech.say('control.granted', { agent, kinds }));
}
