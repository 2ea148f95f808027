/** What the media workers of this process say of themselves: asked of the workers, and not of our own lists. */

import { observer, type types } from 'mediasoup';

export interface WorkerCounts {
  readonly routers: number;
  readonly transports: number;
  readonly producers: number;
  readonly consumers: number;
  /** On the one port of each worker; each transport has a name there until it is gone. */
  readonly listening: number;
}

/** As each of them tells it, transports beneath a type that says nothing. */
interface Traced {
  readonly traceEventTypes?: readonly string[];
}

export class WorkerDumps {
  readonly #workers = new Set<types.Worker>();
  readonly #routers = new Map<string, types.Router>();
  readonly #servers = new Set<types.WebRtcServer>();
  readonly #transports = new Set<types.Transport>();
  readonly #producers = new Set<types.Producer>();
  readonly #consumers = new Set<types.Consumer>();
  /** Kinds of transport that were ever made, and whatever else looks at media. */
  readonly made: string[] = [];
  readonly #heard = (worker: types.Worker): void => this.#watch(worker);

  /** Before the first worker is made. */
  constructor() {
    observer.on('newworker', this.#heard);
  }

  close(): void {
    observer.off('newworker', this.#heard);
  }

  async counts(): Promise<WorkerCounts> {
    const workers = [...this.#workers].filter((worker) => !worker.closed && !worker.died);
    const dumps = await Promise.all(workers.map((worker) => worker.dump()));
    const routers = await Promise.all(
      dumps.flatMap(({ routerIds }) => routerIds).map((id) => this.#routers.get(id)?.dump()),
    );
    const servers = [...this.#servers].filter((server) => !server.closed);
    const listening = await Promise.all(servers.map((server) => server.dump()));
    const sum = (of: (router: types.RouterDump) => number): number =>
      routers.reduce((all, router) => all + (router === undefined ? Number.NaN : of(router)), 0);
    return {
      routers: routers.length,
      transports: sum(({ transportIds }) => transportIds.length),
      producers: sum(({ mapProducerIdConsumerIds }) => mapProducerIdConsumerIds.length),
      consumers: sum(({ mapConsumerIdProducerId }) => mapConsumerIdProducerId.length),
      listening: listening.reduce((all, { webRtcTransportIds }) => all + webRtcTransportIds.length, 0),
    };
  }

  /** How many calls each of these workers holds. */
  calls(pids: readonly number[]): Promise<readonly number[]> {
    const asked = [...this.#workers].filter(({ pid, died }) => pids.includes(pid) && !died);
    return Promise.all(asked.map(async (worker) => (await worker.dump()).routerIds.length));
  }

  /** Of everything that the workers know of. */
  async ids(): Promise<readonly string[]> {
    const open = [...this.#routers.values()].filter((router) => !router.closed);
    const dumps = await Promise.all(open.map((router) => router.dump()));
    return dumps.flatMap(({ transportIds, mapProducerIdConsumerIds, mapConsumerIdProducerId }) => [
      ...[...transportIds].sort(),
      ...mapProducerIdConsumerIds.map(({ key }) => key).sort(),
      ...mapConsumerIdProducerId.map(({ key }) => key).sort(),
    ]);
  }

  /** What came to the workers, whosever it was, and what of it they took for a stream, by its number. */
  async received(): Promise<{ readonly bytes: number; readonly packets: ReadonlyMap<number, number> }> {
    const looks = await Promise.all(this.#webRtc().map((transport) => transport.getStats()));
    const bytes = looks.flat().reduce((sum, { bytesReceived }) => sum + bytesReceived, 0);
    const producers = [...this.#producers].filter((each) => !each.closed);
    const streams = (await Promise.all(producers.map((each) => each.getStats()))).flat();
    return { bytes, packets: new Map(streams.map(({ ssrc, packetCount }) => [ssrc, packetCount])) };
  }

  /** What each transport asks its sender to keep to. */
  async incomingLimits(): Promise<readonly (number | undefined)[]> {
    const looks = await Promise.all(this.#webRtc().map((transport) => transport.getStats()));
    return looks.flat().map(({ maxIncomingBitrate }) => maxIncomingBitrate);
  }

  /** From where the worker gets what comes to each transport. */
  remoteAddresses(): readonly string[] {
    return this.#webRtc().flatMap(({ iceSelectedTuple }) => iceSelectedTuple?.remoteIp ?? []);
  }

  /** Others are not made: a test of its own says so. */
  #webRtc(): readonly types.WebRtcTransport[] {
    return [...this.#transports].flatMap((each) => (each.closed ? [] : (each as types.WebRtcTransport)));
  }

  /** Which events of which packets the workers tell Node of, over everything that is open now. */
  async traces(): Promise<{ readonly of: number; readonly types: readonly string[] }> {
    const all = [...this.#transports, ...this.#producers, ...this.#consumers];
    const open = all.filter((each) => !each.closed);
    const dumps = await Promise.all(open.map(async (each) => (await each.dump()) as Traced));
    return { of: open.length, types: dumps.flatMap(({ traceEventTypes = [] }) => traceEventTypes) };
  }

  #watch(worker: types.Worker): void {
    this.#workers.add(worker);
    worker.observer.on('newwebrtcserver', (server) => this.#servers.add(server));
    worker.observer.on('newrouter', (router) => {
      this.#routers.set(router.id, router);
      router.observer.on('newrtpobserver', ({ type }) => this.made.push(type));
      router.observer.on('newtransport', (transport) => {
        this.made.push(transport.type);
        this.#transports.add(transport);
        transport.observer.on('newproducer', (producer) => this.#producers.add(producer));
        transport.observer.on('newconsumer', (consumer) => this.#consumers.add(consumer));
      });
    });
  }
}
