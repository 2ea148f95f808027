/** What stands in a question, and what its answers do. */

import { holdsCalls } from '@alongside/frames';
import type { AskedIn, LeasedKind } from '@alongside/protocol';
import { isShownOnly, leasedKinds, limits } from '@alongside/protocol';
import { spokenDuration } from '../messages/spoken-duration.js';
import { askedIn } from '../messages/words-version.js';
import type { PanelController } from '../panel-controller.js';
import type { ConfirmAsk } from '../sharing/confirm-ask.js';
import { ageQuestion } from './age-question.js';
import { expertQuestion } from './expert-question.js';
import type { PendingAsk } from './pending-ask.js';
import { pendingAsk } from './pending-ask.js';
import { screenQuestion } from './screen-question.js';
import type { Question, WhyNot } from './shown-question.js';
import type { TransferAsked } from './transfer-asked.js';

/** The page's own question, about what an agent wants to press or open, comes before those of the agent. */
export function currentQuestion(panel: PanelController): Question | undefined {
  const confirm = panel.sharing.confirm.value;
  if (confirm !== undefined) return confirmQuestion(panel, confirm);
  const age = ageQuestion(panel);
  if (age !== undefined) return age;
  if (panel.ended.value) return undefined;
  const screen = screenQuestion(panel);
  if (screen !== undefined) return screen;
  const ask = pendingAsk(panel.engagement.value);
  if (ask !== undefined) return { ...askQuestion(panel, ask), endsAt: hereAt(panel, ask.expiresAt) };
  const expert = expertQuestion(panel);
  if (expert !== undefined) return expert;
  const transfer = panel.together.get().transfer.asked.value;
  return transfer === undefined ? undefined : transferQuestion(panel, transfer);
}

/** A time of the server's by this machine's clock. */
function hereAt({ session }: PanelController, serverTime: number): number {
  return serverTime - (session.value?.skewMs.value ?? 0);
}

function askQuestion(panel: PanelController, ask: PendingAsk): Question {
  if (ask.kind === 'view') return viewQuestion(panel, ask);
  if (ask.kind === 'control') return controlQuestion(panel, ask);
  return callQuestion(panel, ask);
}

function viewQuestion(panel: PanelController, ask: PendingAsk & { kind: 'view' }): Question {
  const { askId } = ask;
  const { speech, site, reach } = panel;
  const agent = panel.agents.nameOf(ask.agentId);
  const masked = site.config.value.masking.text === 'masked' ? 'ask.view.maskedAll' : 'ask.view.masked';
  const time = speech.say('ask.view.time', { time: spokenDuration(speech, limits.viewMs) });
  const texts = [`${speech.say('ask.view.text')} ${time}`, speech.say(masked), speech.say('ask.view.stored')];
  if (ask.kinds.length > 0) {
    const kinds = speech.list(inOrder(ask.kinds).map((kind) => speech.say(`control.${kind}`)));
    texts.push(speech.say(ask.kinds.length === 1 ? 'ask.view.moreOne' : 'ask.view.more', { kinds }));
  }
  const others = panel.agents.seeing.value.filter(({ agentId }) => agentId !== ask.agentId);
  if (others.length > 0) {
    texts.splice(1, 0, speech.say('ask.view.others', { agents: panel.agents.names(others) }));
  }
  if (reach.value === 'page') texts.push(speech.say('ask.reachPage'));
  return {
    id: askId,
    icon: 'eye',
    heading: speech.say('ask.view.heading', { agent }),
    texts,
    no: { label: speech.say('ask.no'), give: () => tell(panel, 'view:refuse', { askId }) },
    yes: [{ label: speech.say('ask.view.yes'), give: () => grantView(panel, askId) }],
  };
}

function controlQuestion(panel: PanelController, ask: PendingAsk & { kind: 'control' }): Question {
  const { speech } = panel;
  const agent = panel.agents.nameOf(ask.agentId);
  const time = spokenDuration(speech, ask.leaseMs);
  const kinds = inOrder(ask.kinds);
  const shows = kinds.every(isShownOnly);
  const never = shows ? [] : [speech.say('ask.control.never')];
  return {
    id: ask.askId,
    icon: 'hand',
    heading: speech.say(shows ? 'ask.show.heading' : 'ask.control.heading', { agent }),
    points: kinds.map((kind) => speech.say(`ask.kind.${kind}`)),
    texts: [speech.say('ask.control.text', { time }), ...never, speech.say('ask.control.stop')],
    no: { label: speech.say('ask.no'), give: () => tell(panel, 'control:refuse', { askId: ask.askId }) },
    yes: [
      {
        label: speech.say('ask.control.yes', { time }),
        give: () => tell(panel, 'control:grant', { askId: ask.askId, words: askedIn(speech.language) }),
      },
    ],
  };
}

function inOrder(kinds: readonly LeasedKind[]): readonly LeasedKind[] {
  return leasedKinds.filter((kind) => kinds.includes(kind));
}

function callQuestion(panel: PanelController, ask: PendingAsk & { kind: 'voice' | 'video' }): Question {
  const { speech, call } = panel;
  const { askId, kind } = ask;
  const agent = panel.agentName.value;
  const question = {
    id: askId,
    icon: kind === 'voice' ? ('phone' as const) : ('camera' as const),
    heading: speech.say(`ask.${kind}.heading`, { agent }),
    no: { label: speech.say('ask.no'), give: () => call.answer(askId, false, 'voice') },
  };
  // Yes to what cannot be would leave the other side with nobody to talk to.
  if (!holdsCalls()) return { ...question, texts: [speech.say('call.unsupported')], yes: [] };
  const voice = { label: speech.say('ask.voice.yes'), give: () => call.answer(askId, true, 'voice') };
  const onlyVoice = { ...voice, label: speech.say('ask.video.voice') };
  const video = { label: speech.say('ask.video.yes'), give: () => call.answer(askId, true, 'video') };
  return {
    ...question,
    texts: [speech.say(`ask.${kind}.text`, { agent })],
    tries: kind,
    yes: kind === 'voice' ? [voice] : [onlyVoice, video],
  };
}

/** In the words that the ledger will name, and no others: what is shown is what is agreed to. */
function transferQuestion(panel: PanelController, { question, words }: TransferAsked): Question {
  const { speech } = panel;
  const { askId, displayName, expiresAt } = question;
  const { version, heading, paragraphs, yes } = words;
  const language = speech.language;
  return {
    id: askId,
    endsAt: hereAt(panel, expiresAt),
    icon: 'eye',
    heading,
    texts: [speech.say('ask.transfer.who', { agent: displayName }), ...paragraphs],
    no: { label: speech.say('ask.no'), give: () => tell(panel, 'transfer:refuse', { askId }) },
    yes: [{ label: yes, give: () => tell(panel, 'transfer:grant', { askId, version, language }) }],
  };
}

function confirmQuestion(panel: PanelController, ask: ConfirmAsk): Question {
  const { speech } = panel;
  const { reason, label } = ask;
  const agent = ask.agent ?? panel.agentName.value;
  const opens = reason === 'navigation';
  const give = async (yes: boolean): Promise<undefined> => ask.answer(yes) as undefined;
  const pressed =
    label === ''
      ? speech.say('ask.confirm.headingPlain', { agent })
      : speech.say('ask.confirm.heading', { agent, label });
  return {
    id: `confirm ${ask.number}`,
    endsAt: ask.endsAt,
    icon: 'hand',
    heading: opens ? speech.say('ask.open.heading', { agent, path: label }) : pressed,
    texts: [speech.say(opens ? 'ask.open.text' : confirmTexts[reason])],
    no: { label: speech.say('ask.no'), give: () => give(false) },
    yes: [{ label: speech.say(opens ? 'ask.open.yes' : 'ask.confirm.yes'), give: () => give(true) }],
  };
}

const confirmTexts = {
  submit: 'ask.confirm.text',
  order: 'ask.confirm.text',
  deletion: 'ask.confirm.deletion',
  leaving: 'ask.confirm.leaving',
  listed: 'ask.confirm.listed',
} as const;

/** A page may be open for long: what is agreed to is what the site masks now, or nothing while that is unknown. */
async function grantView(panel: PanelController, askId: string): Promise<WhyNot | undefined> {
  const { site } = panel;
  const told = site.config.value.masking.text;
  const failure = await site.renew();
  if (failure !== undefined) return failure;
  if (site.config.value.masking.text !== told) return 'rulesChanged';
  panel.together.get().agreedRules.agreeTo(site.config.value.masking);
  return tell(panel, 'view:grant', { askId, words: askedIn(panel.speech.language) });
}

async function tell(
  panel: PanelController,
  command: `${'view' | 'control' | 'transfer'}:${'grant' | 'refuse'}`,
  body: { readonly askId: string; readonly words?: AskedIn } & Partial<AskedIn>,
): Promise<WhyNot | undefined> {
  const reply = await panel.session.value?.command(command, body);
  return reply?.ok === true ? undefined : (reply?.refusal.code ?? 'internal');
}
