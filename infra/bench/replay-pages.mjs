/** The two pages of the replay bench: the console's end of our replay, and rrweb's replayer alone. */

/** Events pass the console's own check, and then its port, in the batches in which they were made. */
export const REPLAY_CONSOLE = `
  import { checkEvents, checkSnapshot } from './agent-console/src/engagement/player/event-grammar.ts';
  import { ReplayPort } from './agent-console/src/engagement/player/replay-port.ts';
  let replay;
  let snapshot;
  let batches;
  window.prepare = ({ replayOrigin }) => new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.width = '1280'; frame.height = '800';
    replay = new ReplayPort({ onReady: resolve, onSize: () => undefined, onBroken: () => { window.broken = true; } });
    replay.attach(frame, replayOrigin);
    frame.src = replayOrigin + '/';
    document.body.append(frame);
  });
  const passed = (checked) => {
    if (!checked.ok) throw new Error('what was recorded is outside the grammar: ' + checked.fault);
    return checked.events;
  };
  window.take = (recorded) => {
    const styles = new Set();
    snapshot = passed(checkSnapshot(recorded.snapshot, styles));
    const began = performance.now();
    batches = recorded.batches.map((batch) => passed(checkEvents(batch, styles)));
    return { checkMs: performance.now() - began };
  };
  window.playSnapshot = () => replay.post({ kind: 'snapshot', events: snapshot });
  window.playChanges = async () => {
    for (const [at, events] of batches.entries()) {
      replay.post({ kind: 'events', events });
      if (at % 4 === 3) await new Promise((resolve) => setTimeout(resolve, 4));
    }
    // An answer comes after everything that was posted before it has been played.
    await replay.boxes([]);
    if (window.broken) throw new Error('the replay broke');
  };
`;

export const PLAIN_STAGE = `
  import { Replayer } from 'rrweb';
  let recorded;
  let replayer;
  window.prepare = async () => {
    replayer = new Replayer([], {
      root: document.body, liveMode: true, useVirtualDom: false, mouseTail: false, showWarning: false,
    });
    replayer.startLive();
  };
  window.take = (given) => { recorded = given; return { checkMs: 0 }; };
  const now = (event) => ({ ...event, timestamp: Date.now() });
  window.playSnapshot = () => { for (const event of recorded.snapshot) replayer.addEvent(now(event)); };
  window.playChanges = async () => {
    for (const [at, events] of recorded.batches.entries()) {
      for (const event of events) replayer.addEvent(now(event));
      if (at % 4 === 3) await new Promise((resolve) => setTimeout(resolve, 4));
    }
  };
`;
