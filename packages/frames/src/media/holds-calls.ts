/** Whether calls can be held in this window at all: some browsers are built without, and some companies switch it off. */
export function holdsCalls(): boolean {
  return globalThis.RTCPeerConnection !== undefined;
}
