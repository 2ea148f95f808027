/** Keeps every connection of calls that a page opens, for a test to look at. */

declare global {
  interface Window {
    connectionsOfTest?: RTCPeerConnection[];
  }
}

/** Runs in the page, before anything of its own. */
export function followConnections(): void {
  const all: RTCPeerConnection[] = [];
  window.connectionsOfTest = all;
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      all.push(this);
    }
  };
}
