/** Debian's coturn on loopback, started as an installation starts its own, for tests. */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface TurnOptions {
  /** What the relay may reach. */
  readonly peers: readonly string[];
  /** What a test needs otherwise than an installation has it. */
  readonly change?: (configuration: string) => string;
  /** A certificate and its key, both in PEM; without them there is no TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** The one address that its packets leave from; without it there is one of each family. */
  readonly relayAddress?: string;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const START_MS = 20_000;
const LOOK_MS = 50;

export class RunningTurn {
  readonly secret = randomBytes(32).toString('hex');
  readonly port: number;
  readonly tlsPort: number;
  readonly folder: string;
  readonly #options: TurnOptions;
  readonly #output: string[] = [];
  #child: ChildProcess | undefined;

  private constructor(
    options: TurnOptions,
    place: { readonly port: number; readonly tlsPort: number; readonly folder: string },
  ) {
    this.#options = options;
    this.port = place.port;
    this.tlsPort = place.tlsPort;
    this.folder = place.folder;
  }

  static async start(options: TurnOptions): Promise<RunningTurn> {
    const folder = await mkdtemp(join(tmpdir(), 'alongside-turn-'));
    const place = { folder, port: await freePort(), tlsPort: await freePort() };
    const turn = new RunningTurn(options, place);
    try {
      await turn.begin();
      return turn;
    } catch (error) {
      await turn.stop();
      throw error;
    }
  }

  get output(): string {
    return this.#output.join('');
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Without a word to anybody. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
  }

  /** Once more after it was killed: on the same ports, with the same secret. */
  async begin(): Promise<void> {
    const { peers, change = (text: string) => text } = this.#options;
    const configuration = join(this.folder, 'changed.conf');
    await writeFile(configuration, change(await readFile(here('turnserver.conf'), 'utf8')));
    const child = spawn('sh', [here('start-turn.sh'), ...(await this.#arguments())], {
      env: {
        PATH: `${process.env.PATH}:/usr/sbin:/usr/bin`,
        TURN_FOLDER: this.folder,
        TURN_CONFIGURATION: configuration,
        TURN_HOST: 'turn.test',
        TURN_SECRET: this.secret,
        TURN_PEERS: peers.join(','),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.#output.push(text));
    }
    const giveUpAt = Date.now() + START_MS;
    while (!(await answers(this.port))) {
      if (child.exitCode !== null || Date.now() > giveUpAt) throw new Error(this.#complaint());
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  async #arguments(): Promise<readonly string[]> {
    const { tls, relayAddress } = this.#options;
    const local = ['127.0.0.1', '::1'];
    const [cert, pkey] = [join(this.folder, 'cert.pem'), join(this.folder, 'key.pem')];
    if (tls !== undefined) await Promise.all([writeFile(cert, tls.cert), writeFile(pkey, tls.key)]);
    return [
      ...local.map((ip) => `--listening-ip=${ip}`),
      ...(relayAddress === undefined ? local : [relayAddress]).map((ip) => `--relay-ip=${ip}`),
      ...[`--listening-port=${this.port}`, `--tls-listening-port=${this.tlsPort}`],
      ...(tls === undefined ? ['--no-tls'] : [`--cert=${cert}`, `--pkey=${pkey}`]),
      ...[`--pidfile=${join(this.folder, 'pid')}`, `--userdb=${join(this.folder, 'db')}`],
    ];
  }

  #complaint(): string {
    return `coturn does not start: apt-get install -y --no-install-recommends coturn\n${this.output.slice(-2000)}`;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    const settle = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
