/** Lets the visitor pick what they show, and finds out what they picked. */

import { surfaceOf } from '@alongside/engagement';
import type { SharedSurface } from '@alongside/protocol';

export interface PickedScreen {
  readonly track: MediaStreamTrack;
  readonly surface: SharedSurface;
}

/** `none`: this browser, or the page's own policy, lets nobody show a screen. */
export type PickFault = 'none' | 'refused' | 'failed';

export type Picked =
  | { readonly ok: true; readonly picked: PickedScreen }
  | { readonly ok: false; readonly fault: PickFault };

/** Not in every browser, and not yet in the compiler's. */
interface TabDevices extends MediaDevices {
  setCaptureHandleConfig?(config: {
    readonly handle: string;
    readonly exposeOrigin: boolean;
    readonly permittedOrigins: readonly string[];
  }): void;
}

interface TabTrack {
  getCaptureHandle?(): { readonly handle?: string } | null;
}

const picture = { frameRate: { ideal: 15, max: 15 }, width: { max: 1920 }, height: { max: 1920 } };
const ownTab = {
  preferCurrentTab: true,
  selfBrowserSurface: 'include',
  surfaceSwitching: 'exclude',
  monitorTypeSurfaces: 'exclude',
};
const anySurface = { selfBrowserSurface: 'exclude', surfaceSwitching: 'exclude', systemAudio: 'exclude' };

/** Has to be called in the turn of a press: browsers ask for one. */
export async function pickScreen(wish: 'tab' | 'any'): Promise<Picked> {
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (typeof devices?.getDisplayMedia !== 'function') return { ok: false, fault: 'none' };
  const handle = crypto.randomUUID();
  nameThisTab(devices, handle);
  try {
    const options = { video: picture, audio: false, ...(wish === 'tab' ? ownTab : anySurface) };
    const stream = await devices.getDisplayMedia(options);
    const [track] = stream.getVideoTracks();
    if (track === undefined) return { ok: false, fault: 'failed' };
    return { ok: true, picked: { track, surface: surfaceIn(track, handle) } };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'NotAllowedError') return { ok: false, fault: mayPick() ? 'refused' : 'none' };
    return { ok: false, fault: 'failed' };
  }
}

function surfaceIn(track: MediaStreamTrack, handle: string): SharedSurface {
  const { displaySurface } = track.getSettings();
  const named = (track as TabTrack).getCaptureHandle?.();
  const isOwnTab = displaySurface === 'browser' && named?.handle === handle;
  return surfaceOf({ displaySurface, isOwnTab });
}

/** By this name a picture says that it is of this tab. Frames of a page may not give one. */
function nameThisTab(devices: MediaDevices, handle: string): void {
  try {
    const permittedOrigins = [location.origin];
    (devices as TabDevices).setCaptureHandleConfig?.({ handle, exposeOrigin: false, permittedOrigins });
  } catch {
    // Without a name no picture counts as one of this tab.
  }
}

/** Only some browsers tell that the page's policy forbids it. */
function mayPick(): boolean {
  const page = document as Document & {
    readonly permissionsPolicy?: { allowsFeature(feature: string): boolean };
    readonly featurePolicy?: { allowsFeature(feature: string): boolean };
  };
  return (page.permissionsPolicy ?? page.featurePolicy)?.allowsFeature('display-capture') !== false;
}
