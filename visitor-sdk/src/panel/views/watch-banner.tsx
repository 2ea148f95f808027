/** Says all the time that the page is seen, by whom and what they may do; one press ends either. */

import type { LeaseView } from '@alongside/protocol';
import { isShownOnly, leasedKinds } from '@alongside/protocol';
import { useEffect, useRef, useState } from 'preact/hooks';
import { clockFace } from '../messages/speech.js';
import type { PanelController } from '../panel-controller.js';
import { factsOf, isWithin } from '../sharing/banner-facts.js';
import { AgentList, useAgentsShown } from './agent-list.js';
import { Icon } from './later-icons.js';
import { usePanel } from './panel-context.js';
import { useClock } from './use-clock.js';

export function WatchBanner({ mayFold = true }: { readonly mayFold?: boolean }) {
  const panel = usePanel();
  const { speech, sharing } = panel;
  const state = sharing.state.value;
  const [explains, setExplains] = useState(false);
  const [lists, setLists] = useState(false);
  const [folded, fold] = useFold(mayFold);
  const banner = useHeightTold(state !== 'off');
  if (state === 'off') return null;
  const { all } = panel.agents;
  const isShared = all.value.length > 1 || all.value.some(({ hidden }) => hidden);
  const nothing = sharing.nothing.value;
  const seenAgain = sharing.trip.back.isSaid.value ? 'back' : undefined;
  const news = seenAgain ?? (sharing.followed.isSaid.value ? 'followed' : undefined);
  const code = isShared ? undefined : sharing.person.value?.code;
  return (
    <section
      class="banner"
      ref={banner}
      aria-label={bannerText(panel)}
      data-state={state}
      data-folded={folded ? '' : undefined}
    >
      <AgentsNamed />
      <div class="banner-row">
        <Icon name={state === 'broken' ? 'warning' : 'eye'} />
        <p class="banner-text">
          <span>{bannerText(panel)}</span> <ViewTime />
        </p>
        {folded ? <SoonestEnd /> : null}
        {folded || code === undefined ? null : (
          <button type="button" class="code" aria-expanded={explains} onClick={() => setExplains(!explains)}>
            {speech.say('watch.code', { code: `${code.slice(0, 3)} ${code.slice(3)}` })}
          </button>
        )}
        {isShared && !folded ? (
          <button
            type="button"
            class="code"
            aria-expanded={lists}
            aria-label={speech.say('agents.peopleLong', { n: all.value.length })}
            onClick={() => setLists(!lists)}
          >
            {speech.say('agents.people', { n: all.value.length })}
          </button>
        ) : null}
        <button
          type="button"
          class="stop"
          aria-label={speech.say('watch.stopLong')}
          onClick={() => sharing.stop()}
        >
          {speech.say('watch.stop')}
        </button>
        {mayFold ? (
          <button
            type="button"
            class="plain fold"
            aria-expanded={!folded}
            aria-label={speech.say(folded ? 'watch.unfold' : 'watch.fold')}
            onClick={() => fold(!folded)}
          >
            <Icon name="minimise" />
          </button>
        ) : null}
        {state === 'watched' && !folded ? <BannerTools /> : null}
      </div>
      {news === undefined || state !== 'watched' ? null : (
        <p class="banner-note">{speech.say(`watch.${news}`, { agent: panel.agentName.value })}</p>
      )}
      {code !== undefined && ((explains && !folded) || sharing.person.value?.continuity === 'changed') ? (
        <CodeNote panel={panel} />
      ) : null}
      {isShared && lists && !folded ? <AgentList /> : null}
      {panel.open.value && sharing.said.value !== undefined ? (
        <p class="banner-note said">{sharing.said.value}</p>
      ) : null}
      {state === 'watched' ? <HiddenNote /> : null}
      {state === 'watched' ? <PenRow /> : null}
      {folded ? null : <LeaseRow />}
      {nothing === undefined ? null : (
        <p class="banner-note" role="status">
          {speech.say(`watch.${nothing}`)}
        </p>
      )}
    </section>
  );
}

/** Out of the way on every page until it is wanted again, or until there is more to tell than when it was folded. */
function useFold(mayFold: boolean): readonly [boolean, (folded: boolean) => void] {
  const { memory, sharing, engagement } = usePanel();
  const [known, setKnown] = useState(mayFold ? memory.get('folded') : undefined);
  const facts = factsOf(engagement.value, sharing.lent.leases.value);
  const fold = (isFolded: boolean): void => {
    const next = isFolded ? facts : undefined;
    memory.set('folded', next);
    setKnown(next);
  };
  const isMore = known !== undefined && facts !== undefined && !isWithin(facts, known);
  useEffect(() => {
    if (isMore) fold(false);
  }, [isMore]);
  return [known !== undefined && !isMore, fold];
}

/** Names wrap as they will: only the banner itself knows how much of the page it covers. */
function useHeightTold(isThere: boolean) {
  const banner = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = banner;
    const panel = current?.closest<HTMLElement>('.panel');
    if (current === null || panel === null || panel === undefined) return undefined;
    // The one within a question lies over this one, and would take along what is told when it goes.
    if (current.closest('dialog') !== null) return undefined;
    const told = new ResizeObserver(() => panel.style.setProperty('--over', `${current.offsetHeight}px`));
    told.observe(current);
    return () => {
      told.disconnect();
      panel.style.removeProperty('--over');
    };
  }, [isThere]);
  return banner;
}

/** The banner names everybody: with that the visitor has been told. */
function AgentsNamed() {
  useAgentsShown();
  return null;
}

function bannerText(panel: PanelController): string {
  const { speech, sharing } = panel;
  const agent = panel.agentName.value;
  const state = sharing.state.value;
  if (state === 'broken') return speech.say('watch.broken');
  if (state === 'otherTab') return speech.say('watch.otherTab', { agent });
  const seeing = panel.agents.seeing.value;
  if (seeing.length > 1) return speech.say('watch.bannerMany', { agents: panel.agents.names(seeing) });
  const watching = sharing.person.value?.watching === true;
  const who = { agent: seeing[0]?.displayName ?? agent };
  return speech.say(watching ? 'watch.banner' : 'watch.bannerAway', who);
}

function CodeNote({ panel }: { readonly panel: PanelController }) {
  const { speech, sharing } = panel;
  return (
    <p class="banner-note">
      {speech.say('watch.codeExplain', { agent: panel.agentName.value })}{' '}
      {sharing.person.value?.continuity === 'changed' ? speech.say('watch.codeNew') : null}
    </p>
  );
}

/** What the visitor can do on the page themselves while it is seen. */
function BannerTools() {
  const { speech, sharing } = usePanel();
  const looks = sharing.outlined.value !== undefined;
  const draws = sharing.drawing.value;
  return (
    <div class="banner-tools">
      <button type="button" class="plain" aria-pressed={looks} onClick={() => sharing.outline(!looks)}>
        {speech.say('watch.outline')}
      </button>
      <button
        type="button"
        class="plain"
        aria-label={speech.say('watch.draw')}
        aria-pressed={draws}
        onClick={() => sharing.draw(draws ? 'lay' : 'take')}
      >
        <Icon name="pen" /> <span class="word">{speech.say('watch.draw')}</span>
      </button>
    </div>
  );
}

/** What is striped on the page, in words: a screen reader sees no stripes. */
function HiddenNote() {
  const panel = usePanel();
  const { speech, sharing } = panel;
  const counts = sharing.outlined.value;
  if (counts === undefined) return null;
  const kinds = counts === 'looking' ? [] : hiddenKinds.filter((kind) => counts[kind] > 0);
  const list =
    counts === 'looking'
      ? []
      : kinds.map((kind) => speech.say(`hidden.${kind}`, { count: String(counts[kind]) }));
  const agent = panel.agents.names(panel.agents.seeing.value) || panel.agentName.value;
  const words =
    list.length === 0
      ? speech.say('hidden.none', { agent })
      : speech.say('hidden.some', { agent, list: speech.list(list) });
  return (
    <p class="banner-note" role="status">
      {counts === 'looking' ? '' : words}
    </p>
  );
}

const hiddenKinds = ['text', 'field', 'picture', 'block'] as const;

/** The visitor's own pen, and what it has drawn. */
function PenRow() {
  const { speech, sharing } = usePanel();
  const inHand = sharing.drawing.value;
  if (!inHand) return null;
  return (
    <div class="banner-row pen">
      <Icon name="pen" />
      <span class="banner-text">{speech.say('watch.drawing')}</span>
      <button type="button" class="plain" onClick={() => sharing.draw('undo')}>
        {speech.say('watch.undo')}
      </button>
      <button type="button" class="plain" onClick={() => sharing.draw('clear')}>
        {speech.say('watch.clear')}
      </button>
    </div>
  );
}

/** How long the page is still shown, should nobody stop it before. */
function ViewTime() {
  const { session, sharing, speech } = usePanel();
  const now = useClock();
  const view = session.value?.engagement.value?.view;
  if (view?.state !== 'on' || session.value === undefined || sharing.state.value === 'broken') return null;
  const time = clockFace(view.expiresAt - (now + session.value.skewMs.value));
  return (
    <span class="time" role="timer">
      {speech.say('control.left', { time })}
    </span>
  );
}

/** Of what may be done by another's hand, while the banner is too small to say more. */
function SoonestEnd() {
  const { speech, session, sharing } = usePanel();
  const now = useClock();
  const ends = sharing.lent.leases.value
    .filter(({ kinds }) => !kinds.every(isShownOnly))
    .map(({ expiresAt }) => expiresAt);
  if (ends.length === 0) return null;
  const time = clockFace(Math.min(...ends) - (now + (session.value?.skewMs.value ?? 0)));
  return (
    <span class="time" role="timer">
      <Icon name="hand" /> {speech.say('control.left', { time })}
    </span>
  );
}

/** Each lease with its own end, and each taken back alone; the key takes back all of them. */
function LeaseRow() {
  const panel = usePanel();
  const leases = panel.sharing.lent.leases.value;
  if (leases.length === 0) return null;
  const { speech } = panel;
  return (
    <div class="banner-row lease">
      <Icon name="hand" />
      <ul class="banner-text leases">
        {leases.map((lease) => (
          <LentItem key={lease.lease} lease={lease} />
        ))}
      </ul>
      <span class="key">{speech.say('control.key')}</span>
    </div>
  );
}

function LentItem({ lease }: { readonly lease: LeaseView }) {
  const panel = usePanel();
  const now = useClock();
  const { speech, session, sharing } = panel;
  const shown = leasedKinds.filter((kind) => lease.kinds.includes(kind));
  const kinds = speech.list(shown.map((kind) => speech.say(`control.${kind}`)));
  const time = clockFace(lease.expiresAt - (now + (session.value?.skewMs.value ?? 0)));
  const isAlone = sharing.lent.leases.value.length === 1;
  return (
    <li>
      <span>{speech.say('control.banner', { agent: panel.agents.nameOf(lease.agentId), kinds, time })}</span>
      <button
        type="button"
        class="stop"
        aria-label={isAlone ? undefined : speech.say('control.takeLong', { kinds })}
        onClick={() => sharing.takeBack(lease.lease)}
      >
        {speech.say('control.take')}
      </button>
    </li>
  );
}
