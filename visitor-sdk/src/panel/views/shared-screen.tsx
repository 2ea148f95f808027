/** Screens in a call: what the visitor shows and how it stands, and the agent's. */

import { useRef } from 'preact/hooks';
import type { HeardTrack } from '../calling/heard-tracks.js';
import type { PanelController } from '../panel-controller.js';
import { Icon } from './later-icons.js';
import { Picture } from './media-tracks.js';
import { usePanel } from './panel-context.js';
import { FloatButton } from './picture-in-picture.js';

export function ScreenButton() {
  const panel = usePanel();
  const { speech, call } = panel;
  const shows = isShown(panel);
  if (!shows && !mayBeShown(panel)) return null;
  const { screen } = call;
  return (
    <button
      type="button"
      class="secondary"
      aria-pressed={shows}
      disabled={screen.state.value === 'starting'}
      onClick={() => {
        if (shows) screen.stop();
        else screen.asked.value = 'tab';
      }}
    >
      {speech.say(shows ? 'screen.stop' : 'screen.show')}
    </button>
  );
}

/** Who sees what of the visitor's, or why nothing. */
export function ScreenLine() {
  const { speech, call, agentName } = usePanel();
  const state = call.screen.state.value;
  if (state === 'off') return null;
  const agent = agentName.value;
  const said = state === 'on' ? speech.say(`screen.on.${call.screen.surface.value}`, { agent }) : undefined;
  return (
    <p class="screen-line" role="status" data-state={state}>
      <Icon name="eye" />
      {said ?? speech.say(`screen.${state === 'on' ? 'starting' : state}`, { agent })}
    </p>
  );
}

export function AgentScreens() {
  const screens = usePanel().call.heard.screens.value;
  return (
    <>
      {screens.map((each) => (
        <AgentScreen key={each.producer.producerId} shown={each} />
      ))}
    </>
  );
}

function AgentScreen({ shown: { producer, track } }: { readonly shown: HeardTrack }) {
  const { speech, agents } = usePanel();
  const video = useRef<HTMLVideoElement>(null);
  const label = speech.say('screen.agent', { agent: agents.nameOf(producer.agentId) });
  const enlarge = speech.say('screen.enlarge');
  return (
    <>
      <p class="call-state" role="status">
        {label}
      </p>
      <div class="pictures screen">
        <Picture track={track} label={label} element={video} />
        {document.fullscreenEnabled ? (
          <button
            type="button"
            class="float enlarge"
            aria-label={enlarge}
            title={enlarge}
            onClick={() => {
              video.current?.requestFullscreen().catch(() => undefined);
            }}
          >
            <Icon name="enlarge" />
          </button>
        ) : null}
        <FloatButton video={video} />
      </div>
    </>
  );
}

function isShown({ call }: PanelController): boolean {
  const state = call.screen.state.value;
  return state === 'on' || state === 'hidden' || state === 'starting';
}

/** Where the site lets it and the browser has a way to; phones mostly have none. */
function mayBeShown({ call, engagement }: PanelController): boolean {
  const now = engagement.value?.call;
  const mayShow = now?.state === 'on' && now.screens !== undefined && call.phase.value === 'on';
  return mayShow && typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}
