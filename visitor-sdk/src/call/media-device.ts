/** Opens a microphone or a camera, and tells the ways in which that fails apart. */

import type { DeviceFault } from '@alongside/engagement';
import { deviceFaultOf } from '@alongside/engagement';
import type { DeviceSource } from '@alongside/protocol';

export type OpenedDevice =
  | { readonly ok: true; readonly track: MediaStreamTrack }
  | { readonly ok: false; readonly fault: DeviceFault };

const constraints = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  camera: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { max: 24 } },
} as const satisfies Record<DeviceSource, MediaTrackConstraints>;

/** The one that was picked; any other where that one is gone. */
export async function openDevice(source: DeviceSource, deviceId?: string): Promise<OpenedDevice> {
  // Absent where the page's sandbox has none.
  if (navigator.mediaDevices === undefined) return { ok: false, fault: 'page' };
  const any = source === 'camera' ? { facingMode: 'user' } : {};
  const which = deviceId === undefined ? any : { deviceId: { exact: deviceId } };
  const wish = { ...constraints[source], ...which };
  try {
    const stream = await navigator.mediaDevices.getUserMedia(
      source === 'camera' ? { video: wish } : { audio: wish },
    );
    const [track] = stream.getTracks();
    return track === undefined ? { ok: false, fault: 'missing' } : { ok: true, track };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: '', message: '' };
    const fault = deviceFaultOf({ name, message, pageForbids: pageForbids(source) });
    return fault === 'missing' && deviceId !== undefined ? openDevice(source) : { ok: false, fault };
  }
}

interface PagePolicy {
  allowsFeature(feature: string): boolean;
}

/** Only some browsers tell. */
function pageForbids(source: DeviceSource): boolean {
  const page = document as Document & {
    readonly permissionsPolicy?: PagePolicy;
    readonly featurePolicy?: PagePolicy;
  };
  return (page.permissionsPolicy ?? page.featurePolicy)?.allowsFeature(source) === false;
}
