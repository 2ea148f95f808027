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
  readonly #traceable = new Set<types.Transport | types.Producer | types.Consumer>();
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

  /** Which events of which packets the workers tell Node of, over everything that is open now. */
  async traces(): Promise<{ readonly of: number; readonly types: readonly string[] }> {
    const open = [...this.#traceable].filter((each) => !each.closed);
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
        this.#traceable.add(transport);
        transport.observer.on('newproducer', (producer) => this.#traceable.add(producer));
        transport.observer.on('newconsumer', (consumer) => this.#traceable.add(consumer));
      });
    });
  }
}
