/** The real `live` with the real `records` and a real Postgres, in one process, with clients on real sockets. */
import { systemClock } from '@alongside/engagement';
import { until } from '@alongside/testkit';
import { io } from 'socket.io-client';
import type { RecordsOptions } from '../src/http/index.js';
import { attachFrames } from '../src/live/frames/attach-frames.js';
import { createLive, type Live } from '../src/live/index.js';
import { CallRoomsDouble } from './call-rooms-double.js';
import { JOURNAL_SECRET } from './journal-line.js';
import { Client } from './live-world.js';
import { type Customer, type Introduced, type Person, SHOP, type Visitor } from './records-customer.js';
import { World } from './records-world.js';

const LIVE_HOST = 'live.test';

export class LiveWithRecords {
  readonly world: World;
  readonly logged: string[] = [];
  live!: Live;
  port = 0;
  readonly #clients: Client[] = [];

  private constructor(world: World) {
    this.world = world;
  }

  static async start(overrides: Partial<RecordsOptions> = {}): Promise<LiveWithRecords> {
    const both = new LiveWithRecords(await World.start(overrides));
    await both.startLive();
    return both;
  }

  /** As clients name it, with the port of this start. */
  get host(): string {
    return `${LIVE_HOST}:${this.port}`;
  }

  async startLive(): Promise<void> {
    const log = (event: string, fields?: object) => this.logged.push(JSON.stringify({ event, ...fields }));
    const live = createLive({
      nodeId: 'node-1',
      journal: { url: this.world.journalUrl, secret: JOURNAL_SECRET },
      publicUrl: `http://${LIVE_HOST}:0`,
      listen: { host: '127.0.0.1', port: 0 },
      allowedHosts: [LIVE_HOST],
      clock: systemClock,
      steadyClock: performance,
      logger: { info: log, warn: log, error: log },
      calls: new CallRoomsDouble(),
      frames: attachFrames,
      limitsInForce: () => [],
    });
    this.live = live;
    this.port = await live.listen();
    await until(() => live.status().storage === 'up');
  }

  async agent(person: Person): Promise<Client> {
    const issued = await person.post('/api/ticket');
    return this.#connect('agent', { ticket: issued.body.ticket }, this.world.consoleOrigin);
  }

  async visitor(customer: Customer, more: Introduced = {}): Promise<{ visitor: Visitor; client: Client }> {
    const visitor = await customer.visitor({ text: 'What is APR?', topic: 'Loans', ...more });
    return { visitor, client: await this.#connect('visitor', { ticket: visitor.ticket }, SHOP) };
  }

  async returning(visitor: Visitor): Promise<Client> {
    const answer = await visitor.post('/v1/engagements/return');
    return this.#connect('visitor', { ticket: answer.body.ticket }, SHOP);
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.close();
    await this.live?.close();
    await this.world.stop();
  }

  async #connect(role: 'visitor' | 'agent', auth: object, origin: string): Promise<Client> {
    const socket = io(`http://127.0.0.1:${this.port}/${role}`, {
      auth: { protocol: 1, ...auth },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { Host: this.host, Origin: origin },
    });
    const client = new Client(socket);
    this.#clients.push(client);
    const failed = new Promise<never>((_resolve, reject) => {
      socket.once('connect_error', (error) =>
        reject(new Error(`not admitted: ${JSON.stringify((error as { data?: unknown }).data)}`)),
      );
    });
    const opened = client.facts.waitFor<{ pass: string }>('session:opened');
    client.pass = (await Promise.race([opened, failed])).pass;
    return client;
  }
}
