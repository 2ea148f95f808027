/** The tools: pointing, drawing, and control of the page for as long as the visitor lends it. */

import type { LeaseView } from '@alongside/protocol';
import { isShownOnly, leasedKinds } from '@alongside/protocol';
import { ToggleGroup } from 'radix-ui';
import { useState } from 'react';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { clockSpan } from '../../messages/formats.js';
import { useMessages } from '../../messages/use-messages.js';
import { Button, IconButton } from '../../parts/button.js';
import type { IconName } from '../../parts/icon.js';
import { Icon } from '../../parts/icon.js';
import { useBusy } from '../../parts/use-busy.js';
import { useNow } from '../../parts/use-now.js';
import { AgentDot } from '../agents/agent-dot.js';
import type { EngagementRoom } from '../engagement-room.js';
import type { ReplayPort } from '../player/replay-port.js';
import { useMay } from '../use-may.js';
import { AskControl } from './ask-control.js';
import { ElementList } from './element-list.js';
import { lentIn, ownLeases } from './lease.js';
import { MarkTools } from './mark-tools.js';
import { NavigateBox } from './navigate-box.js';
import type { PagePointer } from './page-pointer.js';
import type { Tool } from './tool.js';
import { kindOfTool, tools } from './tool.js';

const icons = {
  point: 'pointer',
  laser: 'laser',
  draw: 'pen',
  arrow: 'arrow',
  rectangle: 'rectangle',
  highlight: 'highlight',
  control: 'hand',
} as const satisfies Record<Tool, IconName>;

export interface ControlBarProps {
  readonly room: EngagementRoom;
  readonly player: { readonly replay: ReplayPort; readonly pointer: PagePointer } | undefined;
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  /** What is said with the next highlight. */
  readonly message: string;
  readonly onMessage: (message: string) => void;
}

export function ControlBar({ room, player, tool, onTool, message, onMessage }: ControlBarProps) {
  const { desk } = useApp();
  const { t } = useMessages();
  const { control } = useStore(room.view);
  const now = useNow(desk.clock);
  const [asks, setAsks] = useState(false);
  const [lists, setLists] = useState(false);
  const lent = lentIn(room, desk);
  // Without a lease the hand would do nothing: pointing takes its place.
  const shownTool = tool === 'control' && !lent.acts ? 'point' : tool;
  const mayUse = (each: Tool) => (each === 'control' ? lent.acts : lent.for(kindOfTool[each]) !== undefined);
  return (
    <div className="tools">
      <ToggleGroup.Root
        type="single"
        className="tool-group"
        aria-label={t('tool.group')}
        value={shownTool}
        onValueChange={(value) => {
          const next = tools.find((each) => each === value);
          if (next !== undefined) onTool(next);
        }}
      >
        {tools.map((each) => (
          <ToggleGroup.Item
            key={each}
            value={each}
            className="tool"
            disabled={!mayUse(each)}
            aria-label={t(`tool.${each}`)}
            title={t(`tool.${each}`)}
          >
            <Icon name={icons[each]} size={18} />
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      {player === undefined || !mayUse(shownTool) ? undefined : (
        <MarkTools tool={shownTool} pointer={player.pointer} message={message} onMessage={onMessage} />
      )}
      <IconButton size="small" icon="list" label={t('elements.open')} onClick={() => setLists(true)} />
      {ownLeases(control, desk.me).map((lease) => (
        <HeldLease key={lease.lease} room={room} lease={lease} now={now} onUse={() => onTool('control')} />
      ))}
      <OthersControl room={room} />
      <AskingControl room={room} onAsk={() => setAsks(true)} />
      {lent.has('navigate') && player !== undefined ? <NavigateBox pointer={player.pointer} /> : undefined}
      {asks ? <AskControl room={room} onClose={() => setAsks(false)} /> : undefined}
      {lists && player !== undefined ? (
        <ElementList
          {...player}
          lent={lent}
          message={message}
          onMessage={onMessage}
          onClose={() => setLists(false)}
        />
      ) : undefined}
    </div>
  );
}

/** What is lent, until when, and how it is given back before that. */
function HeldLease({
  room,
  lease,
  now,
  onUse,
}: {
  readonly room: EngagementRoom;
  readonly lease: LeaseView;
  readonly now: number;
  readonly onUse: () => void;
}) {
  const { t } = useMessages();
  const may = useMay(room);
  const { busy, run } = useBusy();
  if (!may('control:end')) return undefined;
  const held = leasedKinds.filter((kind) => lease.kinds.includes(kind));
  const shows = held.every(isShownOnly);
  const kinds = held.map((kind) => t(`kind.${kind}`)).join(', ');
  return (
    <div className="lease lease-on">
      <button type="button" className="lease-time" onClick={onUse} title={kinds}>
        <Icon name={shows ? 'pointer' : 'hand'} size={16} />
        <span>
          <span className="lease-kinds">{kinds}</span>{' '}
          <b data-testid={shows ? 'show-left' : 'lease-left'}>{clockSpan(lease.expiresAt - now)}</b>
        </span>
      </button>
      <Button size="small" busy={busy} onClick={() => void run(() => room.giveBack(lease.lease))}>
        {t('control.release')}
      </Button>
    </div>
  );
}

/** What the visitor has lent to others, and what others ask for: nobody is surprised by another hand. */
function OthersControl({ room }: { readonly room: EngagementRoom }) {
  const { desk } = useApp();
  const { t } = useMessages();
  const { control, agents } = useStore(room.view);
  const others = agents.filter(({ agentId }) => agentId !== desk.me);
  const asker = others.find(({ agentId }) => agentId === control.asked?.agentId);
  const held = others.flatMap((agent) => {
    const kinds = new Set(ownLeases(control, agent.agentId).flatMap((lease) => lease.kinds));
    const acts = leasedKinds.filter((kind) => kinds.has(kind) && !isShownOnly(kind));
    return acts.length === 0 ? [] : [{ agent, kinds: acts.map((kind) => t(`kind.${kind}`)).join(', ') }];
  });
  return (
    <>
      {held.map(({ agent, kinds }) => (
        <span key={agent.place} className="lease lease-other" data-testid="other-lease">
          <AgentDot place={agent.place} />
          {t('agents.has', { name: agent.displayName, kinds })}
        </span>
      ))}
      {asker === undefined ? undefined : (
        <span className="lease lease-other" role="status">
          <AgentDot place={asker.place} />
          {t('agents.asks', { name: asker.displayName })}
        </span>
      )}
    </>
  );
}

function AskingControl({ room, onAsk }: { readonly room: EngagementRoom; readonly onAsk: () => void }) {
  const { desk } = useApp();
  const { t } = useMessages();
  const { asked } = useStore(room.view).control;
  const now = useNow(desk.clock);
  const may = useMay(room);
  const { busy, run } = useBusy();
  if (asked !== undefined && may('control:cancel')) {
    const left = Math.max(0, Math.ceil((asked.expiresAt - now) / 1000));
    return (
      <div className="lease">
        <span role="status">{t('control.asked')}</span>
        <Button
          size="small"
          tone="quiet"
          busy={busy}
          onClick={() => void run(() => room.plain('control:cancel'))}
        >
          {t('act.cancelAsk', { seconds: left })}
        </Button>
      </div>
    );
  }
  if (!may('control:ask')) return undefined;
  return (
    <Button size="small" icon="hand" onClick={onAsk}>
      {t('control.ask')}
    </Button>
  );
}
