/** A sealing worker in this process: messages are cloned and handed over, and arrive in a later microtask, in order. */

import type { EngineAnswer, EngineCall, EngineWorker } from '../src/engine-port.js';
import { serveEngine } from '../src/engine-port.js';
import type { FrameSocket } from '../src/frame-socket.js';

export function workerDouble(connect: () => FrameSocket): EngineWorker {
  const inWorker: ((event: { readonly data: EngineCall }) => void)[] = [];
  const onPage: ((event: { readonly data: EngineAnswer }) => void)[] = [];
  const sockets: FrameSocket[] = [];
  let isOver = false;
  const post = <T>(
    listeners: readonly ((event: { readonly data: T }) => void)[],
    message: T,
    transfer: Transferable[],
  ) => {
    const data = structuredClone(message, { transfer });
    queueMicrotask(() => {
      if (!isOver) for (const listener of listeners) listener({ data });
    });
  };
  serveEngine(
    {
      postMessage: (message, transfer) => post(onPage, message, transfer),
      addEventListener: (_, listener) => void inWorker.push(listener),
    },
    async () => {
      const socket = connect();
      sockets.push(socket);
      return socket;
    },
  );
  return {
    postMessage: (message) => post(inWorker, message, []),
    addEventListener: (type: 'message' | 'error', listener: (event: never) => void) => {
      if (type === 'message') onPage.push((event) => listener(event as never));
    },
    terminate: () => {
      isOver = true;
      for (const socket of sockets) socket.close();
    },
  };
}
