/**
 * The pages of the call-setup bench: a visitor and an agent with the product's own call parts, two bare peers, and two
 * parties who do as mediasoup's examples do, one step after the other. Signals can be late by half of `delayMs` each way.
 */
import { bundleText } from './browser-pages.mjs';

const VISITOR = `
  import { io } from 'socket.io-client';
  import { JoinedAhead } from './packages/engagement/src/index.ts';
  import { deviceFor, joinCall, warmUp } from './visitor-sdk/src/call/call-part.ts';
  import { openDevice } from './visitor-sdk/src/call/media-device.ts';
  window.ready = ({ url, ticket, delayMs }) => new Promise((resolve, reject) => {
    const socket = late(io(url + '/visitor', { transports: ['websocket'], auth: { protocol: 1, ticket } }), delayMs);
    const command = (name, body) => socket.emitWithAck(name, body);
    const ahead = new JoinedAhead();
    let joining = false;
    let room;
    const early = [];
    const sources = ['camera', 'microphone'];
    let tried;
    socket.on('call:produced', ({ producer }) => (room === undefined ? early.push(producer) : room.receive(producer)));
    const follow = async ({ call }) => {
      if (call.state === 'asked' && call.by === 'agent' && tried === undefined) {
        // The panel has them tried before it offers to answer; here they open in the time that is measured.
        tried = sources.map((source) => openDevice(source));
        const answering = command('call:answer', { askId: call.askId, accept: true, media: 'video' });
        ahead.begin(command('call:join', { ahead: true }), deviceFor);
        const answered = await answering;
        if (!answered.ok) throw new Error(answered.refusal.code);
      }
      if (call.state !== 'on' || joining) return;
      joining = true;
      const joined = await joinCall({ command, onTrack: () => undefined, onChanged: () => undefined, onGone: () => undefined, isLeads: () => true, onWay: () => undefined, onBroken: () => undefined }, ahead.take(call.callId));
      if (!joined.ok) throw new Error(joined.code);
      room = joined.room;
      for (const producer of early) room.receive(producer);
      await Promise.all(sources.map(async (source, at) => {
        const opened = await tried[at];
        if (!opened.ok) throw new Error(opened.fault);
        await room.send(source, opened.track);
      }));
    };
    socket.on('engagement:changed', ({ engagement }) => follow(engagement));
    // As the panel does while it shows the question, whose buttons take no answer for half a second.
    socket.on('session:opened', () => warmUp().then(resolve));
    socket.on('connect_error', (error) => reject(new Error(error.data?.code ?? error.message)));
  });
`;

const AGENT = `
  import { io } from 'socket.io-client';
  import { CallClient } from './agent-console/src/engagement/call/call-client.ts';
  window.ready = ({ url, ticket, engagementId, delayMs }) => new Promise((resolve, reject) => {
    const socket = late(io(url + '/agent', { transports: ['websocket'], auth: { protocol: 1, ticket } }), delayMs);
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
      if (!accepted.ok) return reject(new Error(accepted.failure.code));
      // As the console does while a visitor thinks the question over, who here answers at once.
      await (await import('./agent-console/src/engagement/call/call-media.ts')).callDevices.warmUp();
      resolve();
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

/**
 * The flow of the examples: what the router can do, a transport, its connection, each track, the other transport,
 * each consumer, its connection, its start; each is waited for before the next is begun.
 */
const STEPWISE = `
  import { Device } from 'mediasoup-client';
  const kindOf = { microphone: 'audio', camera: 'video' };
  let delayMs = 0;
  let shown = () => undefined;
  const told = [];
  let heed = (fact) => told.push(fact);
  window.told = async (fact) => {
    await wait(delayMs / 2);
    heed(fact);
  };
  const ask = async (name, body = {}) => {
    await wait(delayMs / 2);
    const value = await window.ask(name, body);
    await wait(delayMs / 2);
    return value;
  };
  async function speak() {
    const media = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { max: 24 } },
    });
    const device = new Device();
    await device.load({ routerRtpCapabilities: await ask('capabilities') });
    const transportOf = async (make) => {
      const offer = await ask('transport');
      const made = device[make]({ ...offer, id: offer.transportId });
      made.on('connect', ({ dtlsParameters }, done, failed) => {
        ask('connect', { transportId: made.id, dtlsParameters }).then(() => done(), failed);
      });
      return made;
    };
    const send = await transportOf('createSendTransport');
    send.on('produce', ({ kind, rtpParameters }, done, failed) => {
      const source = kind === 'audio' ? 'microphone' : 'camera';
      ask('produce', { transportId: send.id, source, rtpParameters })
        .then(({ producerId }) => done({ id: producerId }), failed);
    });
    for (const track of media.getTracks()) await send.produce({ track });
    const receive = await transportOf('createRecvTransport');
    const consume = async ({ producerId }) => {
      const rtpCapabilities = device.recvRtpCapabilities;
      const offer = await ask('consume', { transportId: receive.id, producerId, rtpCapabilities });
      const { consumerId: id, kind, rtpParameters } = offer;
      const { track } = await receive.consume({ id, producerId, kind, rtpParameters });
      await ask('resume', { consumerId: id });
      if (kind === 'video') shown(track);
    };
    let last = Promise.resolve();
    heed = (fact) => {
      last = last.then(() => consume(fact));
    };
    for (const fact of told) heed(fact);
  }
  window.ready = ({ delayMs: given }) => {
    delayMs = given;
    // The question and its answer, as a person gives it at once.
    heed = async (fact) => {
      if (fact.invited) {
        heed = (next) => told.push(next);
        await ask('answer');
        speak();
      } else told.push(fact);
    };
  };
  window.press = async () => {
    const first = firstPicture((listener) => {
      shown = listener;
    });
    const pressed = performance.now();
    const answered = new Promise((resolve) => {
      heed = (fact) => (fact.answered ? resolve() : told.push(fact));
    });
    await ask('invite');
    await answered;
    await speak();
    return (await first) - pressed;
  };
`;

/** Signals that take their time, both ways, in order. */
const LATE = `
  window.wait = (ms) => (ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined);
  window.late = (socket, delayMs) => delayMs === 0 ? socket : {
    on: (name, listener) => socket.on(name, (...told) => setTimeout(() => listener(...told), delayMs / 2)),
    emitWithAck: async (name, body) => {
      await wait(delayMs / 2);
      const reply = await socket.emitWithAck(name, body);
      await wait(delayMs / 2);
      return reply;
    },
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
  const texts = await Promise.all([VISITOR, AGENT, STEPWISE].map((text) => bundleText(text)));
  const [visitor, agent, stepwise] = texts;
  return {
    ...page('/visitor', visitor),
    ...page('/agent', agent),
    ...page('/peers', PEERS),
    ...page('/stepwise', stepwise),
  };
}

function page(path, script) {
  const html = `<!doctype html><html><head><meta charset="utf-8"><title>Bench</title></head><body><script src="${path}.js"></script></body></html>`;
  return {
    [path]: { type: 'text/html', text: html },
    [`${path}.js`]: { type: 'text/javascript', text: `${LATE};${FIRST_PICTURE};${script}` },
  };
}
