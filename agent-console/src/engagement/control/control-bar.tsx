/** The tools: pointing, drawing, and control of the page for as long as the visitor lends it. */

import { ToggleGroup } from 'radix-ui';
import { useState } from 'react';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { clockSpan } from '../../messages/formats.js';
import { useMessages } from '../../messages/use-messages.js';
import { Button, IconButton } from '../../parts/button.js';
import { Icon } from '../../parts/icon.js';
import { useBusy } from '../../parts/use-busy.js';
import { useNow } from '../../parts/use-now.js';
import type { EngagementRoom } from '../engagement-room.js';
import type { PageView } from '../player/page-view.js';
import type { ReplayPort } from '../player/replay-port.js';
import { useMay } from '../use-may.js';
import { AskControl } from './ask-control.js';
import { ElementList } from './element-list.js';
import { leaseAt } from './lease.js';
import { NavigateBox } from './navigate-box.js';
import type { Tool } from './tool.js';
import { tools } from './tool.js';

const icons = { point: 'pointer', draw: 'pen', control: 'hand' } as const;

export interface ControlBarProps {
  readonly room: EngagementRoom;
  readonly player: { readonly page: PageView; readonly replay: ReplayPort } | undefined;
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
}

export function ControlBar({ room, player, tool, onTool }: ControlBarProps) {
  const { desk } = useApp();
  const { t } = useMessages();
  const { control } = useStore(room.view);
  const now = useNow(desk.clock);
  const [asks, setAsks] = useState(false);
  const [lists, setLists] = useState(false);
  const lease = leaseAt(control, now);
  // Without a lease the hand would do nothing: pointing takes its place.
  const shownTool = tool === 'control' && lease === undefined ? 'point' : tool;
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
            disabled={each === 'control' && lease === undefined}
            aria-label={t(`tool.${each}`)}
            title={t(`tool.${each}`)}
          >
            <Icon name={icons[each]} size={18} />
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <IconButton size="small" icon="list" label={t('elements.open')} onClick={() => setLists(true)} />
      <ControlState room={room} now={now} onAsk={() => setAsks(true)} onLeased={() => onTool('control')} />
      {lease?.kinds.includes('navigate') === true && player !== undefined ? (
        <NavigateBox page={player.page} lease={lease.lease} />
      ) : undefined}
      {asks ? <AskControl room={room} onClose={() => setAsks(false)} /> : undefined}
      {lists && player !== undefined ? (
        <ElementList player={player} lease={lease} onClose={() => setLists(false)} />
      ) : undefined}
    </div>
  );
}

function ControlState({
  room,
  now,
  onAsk,
  onLeased,
}: {
  readonly room: EngagementRoom;
  readonly now: number;
  readonly onAsk: () => void;
  readonly onLeased: () => void;
}) {
  const { t } = useMessages();
  const { control } = useStore(room.view);
  const may = useMay(room);
  const { busy, run } = useBusy();
  if (control.state === 'asked' && may('control:cancel')) {
    const left = Math.max(0, Math.ceil((control.expiresAt - now) / 1000));
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
  if (control.state === 'leased' && may('control:end')) {
    const kinds = control.kinds.map((kind) => t(`kind.${kind}`)).join(', ');
    return (
      <div className="lease lease-on">
        <button type="button" className="lease-time" onClick={onLeased} title={kinds}>
          <Icon name="hand" size={16} />
          <span>
            {t('control.left')} <b data-testid="lease-left">{clockSpan(control.expiresAt - now)}</b>
          </span>
        </button>
        <Button size="small" busy={busy} onClick={() => void run(() => room.plain('control:end'))}>
          {t('control.release')}
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
