/** The script of a page that may be shown inside another page of the same customer. It does nothing until invited. */

import type { ControlPart } from '../cobrowse/control/control-part.js';
import type { MovingPart } from '../cobrowse/moving/moving-part.js';
import { guarded } from '../embedding/page-guard.js';
import { pageFetch } from '../embedding/site-client.js';
import type { LinkedFile, SharingFile } from '../loader/linked-part.js';
import { linkPart } from '../loader/linked-part.js';
import type { PartFile } from '../loader/load-script-part.js';
import { loadScriptPart } from '../loader/load-script-part.js';
import type { GuestPart } from '../sharing/frame-guest.js';
import { FrameInvitations } from './frame-invitations.js';

/** Written in by the build. */
declare const ALONGSIDE_PARTS: { readonly [K in 'sharing' | 'moving' | 'control' | 'guest']: PartFile };

guarded(() => {
  const script = document.currentScript;
  const framed = window.top !== null && window.top !== window;
  // Another program of ours in the same page would answer an invitation a second time.
  const scope = window as { alongsideFrame?: true };
  if (!(script instanceof HTMLScriptElement) || !framed || scope.alongsideFrame || !isSecureContext) return;
  scope.alongsideFrame = true;
  const { alongsideSite, alongsideService, alongsideParents, alongsideActing } = script.dataset;
  const { src } = script;
  const overSharing = <T>(file: PartFile): Promise<T> =>
    linkPart(
      loadScriptPart<SharingFile>(ALONGSIDE_PARTS.sharing, src),
      loadScriptPart<LinkedFile<T>>(file, src),
    );
  const invitations = new FrameInvitations({
    service: alongsideService ?? new URL(src).origin,
    site: alongsideSite ?? '',
    parents: (alongsideParents ?? '').split(/[\s,]+/).filter((origin) => origin !== ''),
    top: window.top,
    fetch: pageFetch,
    guest: () => overSharing<GuestPart>(ALONGSIDE_PARTS.guest),
    moving: () => overSharing<MovingPart>(ALONGSIDE_PARTS.moving),
    control: () => overSharing<ControlPart>(ALONGSIDE_PARTS.control),
    mayAct: alongsideActing === 'allow',
  });
  addEventListener('message', (event) => invitations.take(event));
  // A page that is still loading is invited when it has loaded, and one out of the browser's memory is not loaded.
  if (document.readyState === 'complete') invitations.announce();
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) invitations.announce();
  });
});
