/** The window of the panel: a header, the state of things, and the screen that is due. */

import { useEffect, useRef } from 'preact/hooks';
import type { Closing } from '../closing/closing.js';
import type { PanelController } from '../panel-controller.js';
import type { Screen } from '../panel-screen.js';
import { ChatScreen } from './chat-screen.js';
import { Icon } from './icons.js';
import { MissingPart } from './missing-part.js';
import { usePanel } from './panel-context.js';
import { StartScreen } from './start-screen.js';
import { StateStrip } from './state-strip.js';
import { WaitingScreen } from './waiting-screen.js';

export function PanelWindow() {
  const panel = usePanel();
  const { speech, site } = panel;
  const window = useRef<HTMLDivElement>(null);
  const screen = panel.screen.value;
  const later = panel.together.part.value?.views;
  // Whoever opened it, or moved on to another screen, goes on reading from its top.
  useEffect(() => focusScreen(window.current), [screen]);
  return (
    <div
      ref={window}
      class="window"
      role="dialog"
      aria-labelledby="alongside-title"
      data-screen={screen}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !hasLent(panel)) panel.minimise();
      }}
    >
      <header class="head">
        {hasWayBack(panel) ? <BackButton panel={panel} /> : null}
        <h2 id="alongside-title" tabIndex={-1}>
          {speech.say('panel.title', { site: site.config.value.siteName })}
        </h2>
        <HeadActions panel={panel} screen={screen} />
      </header>
      <StateStrip />
      {later === undefined ? null : <later.CallCard />}
      <ScreenOf screen={panel.confirmsEnd.value ? 'end' : screen} />
    </div>
  );
}

function ScreenOf({ screen }: { readonly screen: Screen | 'end' }) {
  switch (screen) {
    case 'start':
      return <StartScreen />;
    case 'joining':
    case 'waiting':
      return <WaitingScreen />;
    case 'chat':
      return <ChatScreen />;
    case 'end':
    case 'survey':
    case 'receipt':
      return <ClosingScreen screen={screen} />;
  }
}

function ClosingScreen({ screen }: { readonly screen: keyof Closing['views'] }) {
  const { closing } = usePanel();
  const views = closing.part.value?.views;
  if (views === undefined) return <MissingPart part={closing} />;
  const View = views[screen];
  return <View />;
}

function hasLent(panel: PanelController): boolean {
  const leases = panel.together.part.peek()?.sharing.lent.leases.value ?? [];
  return leases.length > 0;
}

/** The question before the end has its own, once it is there. */
function hasWayBack({ showsData, confirmsEnd, closing, ended }: PanelController): boolean {
  const asksInVain = confirmsEnd.value && closing.part.value === undefined;
  return ended.value === undefined && (showsData.value || asksInVain);
}

function BackButton({ panel }: { readonly panel: PanelController }) {
  const label = panel.speech.say('panel.back');
  return (
    <button
      type="button"
      class="plain"
      aria-label={label}
      title={label}
      onClick={() => {
        panel.showsData.value = false;
        panel.confirmsEnd.value = false;
      }}
    >
      <Icon name="back" />
    </button>
  );
}

function HeadActions({ panel, screen }: { readonly panel: PanelController; readonly screen: Screen }) {
  const { speech } = panel;
  const live = panel.session.value !== undefined && panel.ended.value === undefined;
  const close = speech.say(live ? 'panel.minimise' : 'panel.minimiseIdle');
  return (
    <div class="head-actions">
      {live && screen !== 'receipt' && screen !== 'joining' ? (
        <button type="button" class="plain text" onClick={() => showData(panel)}>
          {speech.say('panel.yourData')}
        </button>
      ) : null}
      {screen === 'chat' && panel.may('engagement:end') ? (
        <button
          type="button"
          class="plain text"
          onClick={() => {
            panel.confirmsEnd.value = true;
            panel.closing.load();
          }}
        >
          {speech.say('panel.end')}
        </button>
      ) : null}
      <button type="button" class="plain" aria-label={close} title={close} onClick={() => panel.minimise()}>
        <Icon name={live ? 'minimise' : 'close'} />
      </button>
    </div>
  );
}

function showData(panel: PanelController): void {
  panel.showsData.value = true;
  panel.loadReceipt();
}

/** A screen names what should be typed into first; otherwise its title is where reading starts. */
function focusScreen(window: HTMLElement | null): void {
  const first =
    window?.querySelector<HTMLElement>('[data-first]') ?? window?.querySelector<HTMLElement>('h2');
  first?.focus({ preventScroll: true });
}
