/** Whether a worker binary can be trusted: it starts, and mediasoup can make a router and a transport with it. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const START_LIMIT_MS = 10_000;
const USE_LIMIT_MS = 30_000;

// The worker ends with this code when it was not started by mediasoup: it was found, loaded and linked.
const NOT_STARTED_BY_MEDIASOUP = 41;

/**
 * A check of milliseconds, made at every start: a binary may outlive the libraries it was linked against.
 * @param {string} bin
 * @returns {Promise<string | undefined>} What is wrong with it, if anything.
 */
export function findStartFault(bin) {
  return new Promise((resolve) => {
    const child = spawn(bin, [], { env: {}, stdio: ['ignore', 'ignore', 'pipe'] });
    const limit = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(0, 500);
    });
    child.once('error', (error) => {
      clearTimeout(limit);
      resolve(error.message);
    });
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      if (code === NOT_STARTED_BY_MEDIASOUP) resolve(undefined);
      else resolve(said.split('\n')[0] || `it ended with ${signal ?? `code ${code}`}`);
    });
  });
}

/**
 * Uses the binary as the server will. It shows more than a start does, though not a DTLS handshake: that is
 * left to the browser tests.
 * @param {string} root The repository, from which mediasoup is loaded.
 * @param {string} bin
 * @returns {Promise<string | undefined>} What is wrong with it, if anything.
 */
export async function findUseFault(root, bin) {
  const startFault = await findStartFault(bin);
  if (startFault !== undefined) return startFault;
  const limit = AbortSignal.timeout(USE_LIMIT_MS);
  /** @type {Promise<string>} */
  const tooLong = new Promise((resolve) => {
    limit.addEventListener('abort', () => resolve(`it gave no answer within ${USE_LIMIT_MS / 1000} s`));
  });
  const attempt = useWorker(root, bin).catch((error) => String(error?.message ?? error));
  return Promise.race([attempt, tooLong]);
}

/**
 * @param {string} root
 * @param {string} bin
 * @returns {Promise<undefined>}
 */
async function useWorker(root, bin) {
  const mediasoup = createRequire(join(root, 'server', 'package.json'))('mediasoup');
  const worker = await mediasoup.createWorker({ workerBin: bin, logLevel: 'none' });
  try {
    const mediaCodecs = [
      { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
      { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
    ];
    const router = await worker.createRouter({ mediaCodecs });
    const transport = await router.createWebRtcTransport({
      listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }],
      enableSctp: false,
    });
    const [fingerprint] = transport.dtlsParameters.fingerprints;
    if (!fingerprint || transport.iceCandidates.length === 0) throw new Error('its transport is incomplete');
    return undefined;
  } finally {
    worker.close();
  }
}
