/** Says all the time that the page is seen, by whom and what they may do; one press ends either. */

import { useState } from 'preact/hooks';
import { clockFace } from '../messages/speech.js';
import type { PanelController } from '../panel-controller.js';
import { Icon } from './icons.js';
import { usePanel } from './panel-context.js';
import { useClock } from './use-clock.js';

export function WatchBanner() {
  const panel = usePanel();
  const { speech, sharing } = panel;
  const state = sharing.state.value;
  const [explains, setExplains] = useState(false);
  if (state === 'off') return null;
  const code = sharing.person.value?.code;
  return (
    <section class="banner" aria-label={bannerText(panel)} data-state={state}>
      <div class="banner-row">
        <Icon name={state === 'broken' ? 'warning' : 'eye'} />
        <p class="banner-text">{bannerText(panel)}</p>
        {code === undefined ? null : (
          <button type="button" class="code" aria-expanded={explains} onClick={() => setExplains(!explains)}>
            {speech.say('watch.code', { code: `${code.slice(0, 3)} ${code.slice(3)}` })}
          </button>
        )}
        <button
          type="button"
          class="stop"
          aria-label={speech.say('watch.stopLong')}
          onClick={() => sharing.stop()}
        >
          {speech.say('watch.stop')}
        </button>
      </div>
      {code !== undefined && (explains || sharing.person.value?.continuity === 'changed') ? (
        <CodeNote panel={panel} />
      ) : null}
      <LeaseRow />
    </section>
  );
}

function bannerText(panel: PanelController): string {
  const { speech, sharing } = panel;
  const agent = panel.agentName.value;
  const state = sharing.state.value;
  if (state === 'broken') return speech.say('watch.broken');
  if (state === 'otherTab') return speech.say('watch.otherTab', { agent });
  const watching = sharing.person.value?.watching === true;
  return speech.say(watching ? 'watch.banner' : 'watch.bannerAway', { agent });
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

function LeaseRow() {
  const panel = usePanel();
  const lease = panel.sharing.lease.value;
  const now = useClock();
  const session = panel.session.value;
  if (lease === undefined || session === undefined) return null;
  const { speech } = panel;
  const kinds = speech.list(lease.kinds.map((kind) => speech.say(`control.${kind}`)));
  const time = clockFace(lease.expiresAt - (now + session.skewMs.value));
  return (
    <div class="banner-row lease">
      <Icon name="hand" />
      <p class="banner-text">{speech.say('control.banner', { agent: panel.agentName.value, kinds, time })}</p>
      <button type="button" class="stop" onClick={() => panel.sharing.takeBack()}>
        {speech.say('control.take')}
      </button>
      <span class="key">{speech.say('control.key')}</span>
    </div>
  );
}
