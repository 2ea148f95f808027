/** The page as it is shared now: the replay in its frame on another origin, the tools over it, its state above. */

import type { IntentKind, VisitorTab } from '@alongside/protocol';
import { useEffect, useRef, useState } from 'react';
import { useApp } from '../../app/app-context.js';
import { Store, useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import { Button } from '../../parts/button.js';
import { useBusy } from '../../parts/use-busy.js';
import { ControlBar } from '../control/control-bar.js';
import { lentIn } from '../control/lease.js';
import { PagePointer } from '../control/page-pointer.js';
import type { Tool } from '../control/tool.js';
import type { EngagementRoom } from '../engagement-room.js';
import type { RoomNews } from '../room-news.js';
import { useMay } from '../use-may.js';
import { CompareCode } from './compare-code.js';
import { DrawnMarks } from './drawn-marks.js';
import { PageOverlay } from './page-overlay.js';
import type { PageViewState } from './page-view.js';
import { PageView } from './page-view.js';
import { noteOf } from './player-note.js';
import { ReplayPort } from './replay-port.js';
import { TabList } from './tab-list.js';
import { TimeToReturn } from './time-to-return.js';
import { useFit } from './use-fit.js';
import { Watermark } from './watermark.js';

interface Player {
  readonly page: PageView;
  readonly replay: ReplayPort;
  readonly pointer: PagePointer;
}

/** What shows itself by nothing else than that something is gone. */
const toldBeside: ReadonlySet<RoomNews> = new Set([
  'controlRefused',
  'controlUnanswered',
  'leaseEnded',
  'leaseOver',
]);
const noTabs = new Store<readonly VisitorTab[]>([]);
const noState = new Store<PageViewState>({ receiver: 'opening', shown: false });

export function LivePlayer({ room, paused }: { readonly room: EngagementRoom; readonly paused: boolean }) {
  const { installation, desk, me } = useApp();
  const { t } = useMessages();
  const frame = useRef<HTMLIFrameElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const [player, setPlayer] = useState<Player>();
  const [size, setSize] = useState({ width: 1280, height: 800 });
  const [tool, setTool] = useState<Tool>('point');
  const [message, setMessage] = useState('');
  const state = useStore(player?.page.state ?? noState);
  const { visitor } = useStore(room.view);
  const news = useStore(room.news)?.kind;
  const tabs = useStore(player?.page.tabs ?? noTabs);
  const since = useStore(room.trip.since);
  const isAway = state.receiver === 'visitorAway';
  const scale = useFit(stage, size);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let page: PageView | undefined;
    const open = (): void => {
      page?.close({ ended: false });
      page = new PageView({ engagementId: room.id, live: room.live, replay, trip: room.trip });
      page.start();
      const own = room.view.value.agents.find(({ agentId }) => agentId === desk.me);
      page.marks.ownSlot(own?.place);
      const lease = (kind: IntentKind) => lentIn(room, desk).for(kind);
      setPlayer({ page, replay, pointer: new PagePointer({ page, replay, lease }) });
    };
    // The frame is there before anything is asked for: nothing of the page is ever kept in wait for it.
    const replay = new ReplayPort({ onReady: open, onSize: setSize, onBroken: () => page?.showAgain() });
    const detach = replay.attach(element, installation.replayOrigin);
    element.src = `${installation.replayOrigin}/`;
    return () => {
      detach();
      page?.close({ ended: room.view.value.phase !== 'active' });
    };
  }, [room, desk, installation.replayOrigin]);
  const isStill = paused || state.receiver !== 'live' || state.fault !== undefined;
  return (
    <div className="player">
      <div className="player-bar">
        <ControlBar
          room={room}
          player={player}
          tool={tool}
          onTool={setTool}
          message={message}
          onMessage={setMessage}
        />
        <div className="player-end">
          {state.code === undefined ? undefined : <CompareCode code={state.code} />}
          <StopViewing room={room} />
        </div>
      </div>
      <PlayerNote
        state={state}
        paused={paused}
        connected={visitor.connected}
        since={since}
        onShowHere={() => player?.page.showHere()}
      />
      {news === undefined || !toldBeside.has(news) ? undefined : (
        <p className="player-note">{t(`news.${news}`)}</p>
      )}
      {isAway ? undefined : <TabList tabs={tabs} />}
      <div className={isStill ? 'player-stage player-still' : 'player-stage'} ref={stage}>
        <div className="player-fit" style={{ width: size.width * scale, height: size.height * scale }}>
          <iframe
            ref={frame}
            className={state.shown ? 'player-frame' : 'player-frame player-empty'}
            title={t('player.frame')}
            sandbox="allow-scripts allow-same-origin"
            referrerPolicy="no-referrer"
            tabIndex={-1}
            width={size.width}
            height={size.height}
            style={{ transform: `scale(${scale})` }}
            data-testid="replay-frame"
          />
          <Watermark name={me.displayName} agentId={me.agentId} />
          {player === undefined || !state.shown ? undefined : (
            <>
              <DrawnMarks
                marks={player.page.marks}
                pointers={player.page.pointers}
                replay={player.replay}
                scale={scale}
              />
              <PageOverlay
                room={room}
                pointer={player.pointer}
                tool={tool}
                message={message}
                scale={scale}
                enabled={!isStill}
              />
            </>
          )}
        </div>
      </div>
    </div>
  );
}

/** Nobody has to go on looking at a page whose question is answered. */
function StopViewing({ room }: { readonly room: EngagementRoom }) {
  const { t } = useMessages();
  const may = useMay(room);
  const { busy, run } = useBusy();
  if (!may('view:cancel')) return undefined;
  return (
    <Button size="small" tone="quiet" busy={busy} onClick={() => void run(() => room.plain('view:cancel'))}>
      {t('player.stop')}
    </Button>
  );
}

function PlayerNote({
  state,
  paused,
  connected,
  since,
  onShowHere,
}: {
  readonly state: PageViewState;
  readonly paused: boolean;
  readonly connected: boolean;
  /** Since when the visitor is on another site. */
  readonly since: number | undefined;
  readonly onShowHere: () => void;
}) {
  const { t } = useMessages();
  const note = noteOf(state, paused, { connected, isElsewhere: since !== undefined });
  return (
    <p
      className={`player-note player-note-${note}`}
      role="status"
      data-testid="player-state"
      data-state={note}
    >
      {t(`player.note.${note}`)}
      {note === 'otherWindow' ? (
        <Button size="small" onClick={onShowHere}>
          {t('player.showHere')}
        </Button>
      ) : undefined}
      {note === 'elsewhere' && since !== undefined && !connected ? <TimeToReturn since={since} /> : undefined}
    </p>
  );
}
