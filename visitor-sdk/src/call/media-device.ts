/** Opens a microphone or a camera, and tells the ways in which that fails apart. */

import type { MediaSource } from '@alongside/protocol';

export type DeviceFault = 'missing' | 'refused' | 'busy' | 'failed';
export type OpenedDevice =
  | { readonly ok: true; readonly track: MediaStreamTrack }
  | { readonly ok: false; readonly fault: DeviceFault };

const constraints: Record<MediaSource, MediaStreamConstraints> = {
  microphone: { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } },
  camera: {
    video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { max: 24 }, facingMode: 'user' },
  },
};

export async function openDevice(source: MediaSource): Promise<OpenedDevice> {
  // Absent where the customer's page forbids both by its permissions policy or sandbox.
  if (navigator.mediaDevices === undefined) return { ok: false, fault: 'refused' };
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints[source]);
    const [track] = stream.getTracks();
    return track === undefined ? { ok: false, fault: 'missing' } : { ok: true, track };
  } catch (error) {
    return { ok: false, fault: faultOf(error instanceof Error ? error.name : '') };
  }
}

export function faultOf(errorName: string): DeviceFault {
  switch (errorName) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}
