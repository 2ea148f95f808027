/** The pages of the call-setup bench: a visitor and an agent with the product's own call parts, and two bare peers. */
import { bundleText } from './browser-pages.mjs';

const VISITOR = `
  import { io } from 'socket.io-client';
  import { joinCall } from './visitor-sdk/src/call/call-part.ts';
  import { openDevice } from './visitor-sdk/src/call/media-device.ts';
  window.ready = ({ url, ticket }) => new Promise((resolve, reject) => {
    const socket = io(url + '/visitor', { transports: ['websocket'], auth: { protocol: 1, ticket } });
    const command = (name, body) => socket.emitWithAck(name, body);
    let joining = false;
    let room;
    const early = [];
    socket.on('call:produced', ({ producer }) => (room === undefined ? early.push(producer) : room.receive(producer)));
    const follow = async ({ call }) => {
      if (call.state === 'asked' && call.by === 'agent') {
        await command('call:answer', { askId: call.askId, accept: true, media: 'video' });
      }
      if (call.state !== 'on' || joining) return;
      joining = true;
      const joined = await joinCall({ command, onTrack: () => undefined, onChanged: () => undefined, onGone: () => undefined, isLeads: () => true, onBroken: () => undefined });
      if (!joined.ok) throw new Error(joined.code);
      room = joined.room;
      for (const producer of early) room.receive(producer);
      await Promise.all(['microphone', 'camera'].map(async (source) => {
        const opened = await openDevice(source);
        if (!opened.ok) throw new Error(opened.fault);
        await room.send(source, opened.track);
      }));
    };
    socket.on('engagement:changed', ({ engagement }) => follow(engagement));
    socket.on('session:opened', () => resolve());
    socket.on('connect_error', (error) => reject(new Error(error.data?.code ?? error.message)));
  });
`;

const AGENT = `
  import { io } from 'socket.io-client';
  import { CallClient } from './agent-console/src/engagement/call/call-client.ts';
  window.ready = ({ url, ticket, engagementId }) => new Promise((resolve, reject) => {
    const socket = io(url + '/agent', { transports: ['websocket'], auth: { protocol: 1, ticket } });
    const send = async (name, body) => {
      const reply = await socket.emitWithAck(name, body);
      return reply.ok ? { ok: true, value: reply.value } : { ok: false, failure: reply.refusal };
    };
    const client = new CallClient({ engagementId, live: { send } });
    // What is not shown is not sent.
    client.showsVisitor('large');
    socket.on('call:produced', ({ producer }) => client.produced(producer));
    socket.on('engagement:changed', ({ engagement }) => client.follow(engagement.call));
    window.press = async () => {
      const first = firstPicture((shown) => client.state.subscribe(() => {
        const track = client.state.value.remote.find((remote) => remote.source === 'camera')?.track;
        if (track !== undefined) shown(track);
      }));
      const pressed = performance.now();
      const started = await client.start('video');
      if (!started.ok) throw new Error(started.failure.code);
      return (await first) - pressed;
    };
    socket.on('session:opened', async () => {
      await send('desk:available', { available: true });
      const accepted = await send('engagement:accept', { engagementId });
      if (accepted.ok) resolve();
      else reject(new Error(accepted.failure.code));
    });
    socket.on('connect_error', (error) => reject(new Error(error.data?.code ?? error.message)));
  });
`;

/** Voice and picture both ways between two peers of one page, which tell each other everything by a call. */
const PEERS = `
  const media = () => navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { max: 24 } },
  });
  window.press = async () => {
    const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
    one.onicecandidate = ({ candidate }) => candidate && other.addIceCandidate(candidate);
    other.onicecandidate = ({ candidate }) => candidate && one.addIceCandidate(candidate);
    const first = firstPicture((shown) => {
      one.ontrack = ({ track }) => track.kind === 'video' && shown(track);
    });
    const pressed = performance.now();
    const give = async (peer) => {
      const stream = await media();
      for (const track of stream.getTracks()) peer.addTrack(track, stream);
    };
    await Promise.all([give(one), give(other)]);
    await one.setLocalDescription();
    await other.setRemoteDescription(one.localDescription);
    await other.setLocalDescription();
    await one.setRemoteDescription(other.localDescription);
    return (await first) - pressed;
  };
`;

/** The moment at which the first picture of the other side was decoded and given to the screen. */
const FIRST_PICTURE = `
  window.firstPicture = (listen) => new Promise((resolve) => {
    let video;
    listen((track) => {
      if (video !== undefined) return;
      video = document.createElement('video');
      video.muted = true;
      video.srcObject = new MediaStream([track]);
      document.body.append(video);
      video.requestVideoFrameCallback(() => resolve(performance.now()));
      video.play();
    });
  });
`;

export async function callFiles() {
  const [visitor, agent] = await Promise.all([bundleText(VISITOR), bundleText(AGENT)]);
  return { ...page('/visitor', visitor), ...page('/agent', agent), ...page('/peers', PEERS) };
}

function page(path, script) {
  const html = `<!doctype html><html><head><meta charset="utf-8"><title>Bench</title></head><body><script src="${path}.js"></script></body></html>`;
  return {
    [path]: { type: 'text/html', text: html },
    [`${path}.js`]: { type: 'text/javascript', text: `${FIRST_PICTURE};${script}` },
  };
}
