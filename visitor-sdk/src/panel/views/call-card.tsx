/**
 * The call at the top of the window: pictures, what the visitor gives of their own, and what does not work. While the
 * window is closed it stands beside the button that opens it, without pictures: nobody is heard without being told so.
 */

import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallFailure } from '../calling/join-tries.js';
import type { PanelController } from '../panel-controller.js';
import { BeforeCall } from './before-call.js';
import { CallLine } from './call-line.js';
import { CallPresence } from './call-presence.js';
import { CallSealNote } from './call-seal-note.js';
import { DeviceNote } from './device-note.js';
import { DeviceTrial } from './device-trial.js';
import { Icon } from './later-icons.js';
import { Picture } from './media-tracks.js';
import { usePanel } from './panel-context.js';
import { FloatButton } from './picture-in-picture.js';
import { AgentScreens, ScreenButton, ScreenLine } from './shared-screen.js';

/** Said of calls alone: with the words that come with them. */
const reasons = {
  callNotSealed: 'call.notSealed',
  callNotSupported: 'call.unsupported',
  callFlooded: 'call.flooded',
  mediaUnreachable: 'call.unreached',
} as const;
const isOfCalls = (code: CallFailure): code is keyof typeof reasons => code in reasons;

export function CallCard({ away = false }: { readonly away?: boolean }) {
  const panel = usePanel();
  const { speech, call } = panel;
  if (panel.may('call:cancel')) return <Asking panel={panel} />;
  if (!away && panel.may('call:start'))
    return call.given.trying.value ? <BeforeCall /> : <CallNews panel={panel} />;
  if (!panel.may('call:end')) return null;
  const phase = call.phase.value;
  if (phase === 'off') return null;
  // Of the others in it a visitor is told in each of their tabs.
  const called = panel.engagement.value?.call;
  const isDeserted = called?.state === 'on' && panel.session.value?.desertedCall.value === called.callId;
  if (phase === 'elsewhere') {
    if (away && !isDeserted && panel.agents.inCall.value.length === 0) return null;
    return <Elsewhere panel={panel} away={away} isDeserted={isDeserted} />;
  }
  const agent = panel.agentName.value;
  const isTakenBack = called?.state === 'on' && !called.visitorVoice;
  const isSilent = isTakenBack || call.own.microphone.value === 'muted';
  const isPaused = panel.session.value?.calls.value.state === 'paused';
  const code = call.failure.value;
  const reason = isOfCalls(code) ? speech.say(reasons[code]) : speech.failure(code);
  return (
    <section class="call" aria-label={speech.say('call.on', { agent })} data-phase={phase}>
      <DeviceNote source="microphone" />
      <DeviceNote source="camera" />
      {away ? null : <CallPictures panel={panel} />}
      <p class="call-state" role="status">
        {phase === 'joining' ? speech.say('call.joining') : null}
        {phase === 'lost' ? speech.say('call.lost') : null}
        {phase === 'failed'
          ? isPaused
            ? speech.say('call.paused')
            : speech.say('call.failed', { reason })
          : null}
        {phase === 'on'
          ? speech.say(call.heard.muted.value ? 'call.agentMuted' : 'call.on', { agent })
          : null}
        {phase === 'on' && isSilent ? ` · ${speech.say('call.muted')}` : null}
      </p>
      <CallPresence away={away} />
      {phase === 'on' && !away ? <AgentScreens /> : null}
      {phase === 'on' ? <CallLine /> : null}
      {phase === 'on' && !away ? <CallSealNote /> : null}
      <ScreenLine />
      {phase === 'on' && !away ? (
        <InCall panel={panel} />
      ) : (
        <CallButtons panel={panel}>
          {phase === 'failed' && !isPaused ? (
            <button type="button" class="secondary" onClick={() => call.retry()}>
              {speech.say('device.retry')}
            </button>
          ) : null}
        </CallButtons>
      )}
    </section>
  );
}

function Asking({ panel }: { readonly panel: PanelController }) {
  const { speech, call } = panel;
  return (
    <section class="call row">
      <p class="call-state" role="status">
        {speech.say('call.asking', { agent: panel.agentName.value })}
      </p>
      <button type="button" class="secondary" onClick={() => call.cancel()}>
        {speech.say('call.cancel')}
      </button>
    </section>
  );
}

/** Shown until there is another call or question: what vanished is not left to guesses. */
function CallNews({ panel }: { readonly panel: PanelController }) {
  const news = panel.together.get().callNews.value;
  if (news === undefined) return null;
  return (
    <p class="call call-state">{panel.speech.say(`call.news.${news}`, { agent: panel.agentName.value })}</p>
  );
}

interface ElsewhereProps {
  readonly panel: PanelController;
  readonly away: boolean;
  readonly isDeserted: boolean;
}

function Elsewhere({ panel, away, isDeserted }: ElsewhereProps) {
  const { speech, call } = panel;
  return (
    <section class="call row">
      <p class="call-state" role="status">
        {speech.say(isDeserted ? 'call.deserted' : 'call.elsewhere')}
      </p>
      <CallPresence away={away} />
      <button type="button" class="secondary" onClick={() => call.joinHere()}>
        {speech.say('call.joinHere')}
      </button>
      <button type="button" class="secondary" onClick={() => call.hangUp()}>
        {speech.say('call.hangUp')}
      </button>
    </section>
  );
}

function CallPictures({ panel }: { readonly panel: PanelController }) {
  const { speech, call } = panel;
  const video = useRef<HTMLVideoElement>(null);
  const theirs = call.heard.picture.value;
  const own = call.own.picture.value;
  if (theirs === undefined && own === undefined) return null;
  return (
    <div class={theirs === undefined ? 'pictures only-own' : 'pictures'}>
      {theirs === undefined ? null : (
        <>
          <Picture
            track={theirs}
            label={speech.say('call.agentPicture', { agent: panel.agentName.value })}
            onShown={(shown) => call.showsAgent(shown)}
            element={video}
          />
          <FloatButton video={video} />
        </>
      )}
      {own === undefined ? null : <Picture track={own} label={speech.say('call.you')} mirrored />}
    </div>
  );
}

/** The devices that are in use, and of the key that is held to be heard or silent for a moment. */
function InCall({ panel }: { readonly panel: PanelController }) {
  const { speech } = panel;
  const [open, setOpen] = useState(false);
  const devices = useRef<HTMLDivElement>(null);
  useEffect(() => (open ? bringUp(devices.current) : undefined), [open]);
  const label = speech.say('check.devices');
  return (
    <>
      <CallButtons panel={panel}>
        <button
          type="button"
          class="secondary only-icon"
          aria-label={label}
          title={label}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name="devices" />
        </button>
      </CallButtons>
      {open ? (
        <div ref={devices} class="devices">
          <DeviceTrial />
          <p class="quiet small">{holdHint(panel)}</p>
        </div>
      ) : null}
    </>
  );
}

/** Below the buttons, which stay: whoever opens it need not look for it. */
function bringUp(devices: HTMLElement | null): void {
  const buttons = devices?.previousElementSibling;
  const card = devices?.parentElement;
  if (devices === null || buttons == null || card == null) return;
  card.scrollTop +=
    devices.getBoundingClientRect().top - card.getBoundingClientRect().top - buttons.clientHeight;
}

function holdHint({ speech, call }: PanelController): string {
  return speech.say(call.own.microphone.value === 'muted' ? 'call.holdToTalk' : 'call.holdToMute');
}

function CallButtons({
  panel,
  children,
}: {
  readonly panel: PanelController;
  readonly children?: ComponentChildren;
}) {
  const { speech, call } = panel;
  const microphone = call.own.microphone.value;
  const hasMicrophone = microphone === 'on' || microphone === 'muted';
  const camera = call.own.camera.value === 'on' || call.own.camera.value === 'opening';
  return (
    <div class="call-buttons">
      {hasMicrophone ? (
        <button
          type="button"
          class="secondary"
          aria-pressed={microphone === 'muted'}
          aria-keyshortcuts="Alt+M"
          title={holdHint(panel)}
          onClick={() => call.given.mute(microphone === 'on')}
        >
          {speech.say(microphone === 'muted' ? 'call.unmute' : 'call.mute')}
        </button>
      ) : null}
      {call.phase.value === 'on' ? (
        <button
          type="button"
          class="secondary"
          aria-pressed={camera}
          onClick={() => {
            call.given.showCamera(!camera).catch(() => undefined);
          }}
        >
          {speech.say(camera ? 'call.cameraOff' : 'call.cameraOn')}
        </button>
      ) : null}
      <ScreenButton />
      {children}
      <button type="button" class="hang-up" onClick={() => call.hangUp()}>
        {speech.say('call.hangUp')}
      </button>
    </div>
  );
}
