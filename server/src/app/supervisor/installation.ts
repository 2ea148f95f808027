/** Everything that one start runs, in the order in which it needs one another; it ends in the reverse order. */

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LimitInForce } from '../../live/index.js';
import type { Config } from '../config.js';
import { environment, isLoopback } from '../config.js';
import type { Demo } from '../demo/provide-demo.js';
import { findFreePort } from '../embedded-postgres/free-port.js';
import type { TlsMaterial } from '../live-settings.js';
import { liveSettings } from '../live-settings.js';
import { recordsSettings } from '../records-settings.js';
import type { SettledPlaces } from '../settled-places.js';
import { settlePlaces } from '../settled-places.js';
import { type Announcement, announcement, callsLine } from './announcement.js';
import { bothSettled } from './both-settled.js';
import { openDatabase } from './database-server.js';
import { keepSecrets } from './kept-secrets.js';
import { liveCommand } from './live-command.js';
import { findLivePlace, type LivePlace, removeLeftStages } from './live-place.js';
import { followMediaWorker } from './media-worker.js';
import { requirePorts } from './port-check.js';
import { ProcessRegister } from './process-register.js';
import type { Programs } from './programs.js';
import type { Project } from './project.js';
import { passOnLog, say, sayError } from './say.js';
import { StartInterrupted } from './start-failure.js';
import type { ProcessCommand, ServingOptions } from './supervised-process.js';
import { SupervisedProcess } from './supervised-process.js';
import { tellFailure } from './tell-failure.js';
import { readTlsMaterial } from './tls-material.js';

interface Ground {
  readonly dataDir: string;
  readonly places: SettledPlaces;
  readonly register: ProcessRegister;
  readonly tls: TlsMaterial | undefined;
  readonly journal: { readonly port: number; readonly secret: string };
}

interface Installed {
  readonly project: Project;
  readonly programs: Programs;
}

/** A `live` that is read, and waits for its settings. */
interface LoadingLive {
  readonly place: LivePlace;
  readonly notApplied: readonly string[];
  readonly child: SupervisedProcess;
}

/** A `live` that listens, and waits to be told where the journal is. */
interface WarmLive {
  findRecords(journalUrl: string): void;
  facts(): Pick<Announcement, 'limits' | 'notApplied' | 'mediaWorker'>;
}

export class Installation {
  readonly #config: Config;
  readonly #project: Project;
  readonly #programs: Programs;
  /** What has been started, last first. */
  readonly #endings: (() => Promise<void> | void)[] = [];
  #started: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;
  #ready = false;

  private constructor(config: Config, { project, programs }: Installed) {
    this.#config = config;
    this.#project = project;
    this.#programs = programs;
  }

  /** Throws `StartFailure` with a line for a person; what had been started by then is ended again. */
  static begin(config: Config, installed: Installed): { installation: Installation; started: Promise<void> } {
    const installation = new Installation(config, installed);
    installation.#started = installation.#start();
    const started = installation.#started.catch(async (error: unknown) => {
      await installation.close();
      throw error;
    });
    return { installation, started };
  }

  /** Ends everything; a start that is under way ends at its next step. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#end();
    await this.#started.catch(() => undefined);
    // What the step that was under way had begun by its end.
    await this.#end();
  }

  async #start(): Promise<void> {
    // Both are read while the ground is prepared, and start at once; `live` is told where the journal is when there is one.
    const records = this.#load('records', this.#node(this.#programs.records, ['--supervised']));
    const [ground, loading] = await bothSettled([this.#prepare(), this.#loadLive()], tellFailure);
    const both = [this.#warmUpLive(ground, loading), this.#startRecords(ground, records)] as const;
    const [live, journalUrl] = await bothSettled(both, tellFailure);
    live.findRecords(journalUrl);
    const demo = this.#config.demo ? await this.#startDemo(ground) : undefined;
    this.#ready = true;
    for (const line of announcement({ places: ground.places, demo, ...live.facts() })) say(line);
  }

  async #prepare(): Promise<Ground> {
    const config = this.#config;
    const dataDir = resolve(this.#project.root, config.dataDir);
    await mkdir(dataDir, { recursive: true });
    const { register, orphans } = await ProcessRegister.open(join(dataDir, 'run'));
    this.#endings.push(() => register.close());
    if (orphans > 0) say(`  an earlier start was killed; ${orphans} processes of it were ended.`);
    const places = await settlePlaces(config);
    const { shop, ...others } = places;
    await requirePorts(config.host, config.demo ? { ...others, shop } : others);
    const tls = await readTlsMaterial(config.tlsFiles);
    const { journalSecret } = await keepSecrets(join(dataDir, 'keys'));
    const port = config.journal.port === 0 ? await findFreePort() : config.journal.port;
    return {
      dataDir,
      places,
      register,
      tls,
      journal: { port, secret: config.journal.secret ?? journalSecret },
    };
  }

  async #startRecords(ground: Ground, records: SupervisedProcess): Promise<string> {
    this.#proceed();
    const database = await openDatabase(this.#config, ground.dataDir);
    this.#endings.push(() => database.stop());
    let journalUrl = '';
    const settings = recordsSettings(this.#config, {
      places: ground.places,
      database: database.address,
      journal: ground.journal,
      tls: ground.tls,
      keysFolder: join(ground.dataDir, 'keys'),
      proofFolder: join(ground.dataDir, 'proof'),
    });
    await this.#serve(ground, records, {
      settings: () => settings,
      onListening: (facts) => {
        journalUrl = String(facts.journalUrl);
      },
    });
    return journalUrl;
  }

  async #loadLive(): Promise<LoadingLive> {
    await removeLeftStages();
    const place = await findLivePlace(this.#project, this.#programs);
    this.#endings.push(() => place.remove());
    const { command, notApplied } = await liveCommand(place);
    return { place, notApplied, child: this.#load('live', command) };
  }

  async #warmUpLive(ground: Ground, { place, notApplied, child }: LoadingLive): Promise<WarmLive> {
    let limits: readonly LimitInForce[] = [];
    let journalUrl: string | undefined;
    let live: SupervisedProcess | undefined;
    const worker = await followMediaWorker(this.#config.calls, place, (status) => {
      live?.send({ kind: 'mediaWorker', status });
      if (this.#ready && status.state !== 'building') say(`  Calls    ${callsLine(status)}`);
    });
    this.#endings.push(() => worker.stop());
    await this.#serve(ground, child, {
      settings: () =>
        liveSettings(this.#config, {
          places: ground.places,
          journal: { url: journalUrl, secret: ground.journal.secret },
          tls: ground.tls,
          mediaWorker: worker.status(),
          ownAccount: place.identity.uid !== undefined,
        }),
      onListening: (facts) => {
        limits = readLimits(facts.limits);
        // What came while it was starting it has not heard.
        if (journalUrl !== undefined) live?.send({ kind: 'journal', url: journalUrl });
      },
    });
    live = child;
    live.send({ kind: 'mediaWorker', status: worker.status() });
    return {
      findRecords: (url) => {
        this.#proceed();
        journalUrl = url;
        // It was begun before `records`, and ends before it.
        this.#endings.push(() => child.stop());
        child.send({ kind: 'journal', url });
      },
      facts: () => ({ limits, notApplied, mediaWorker: worker.status() }),
    };
  }

  async #startDemo(ground: Ground): Promise<Demo | undefined> {
    this.#proceed();
    const { places } = ground;
    const { signUp, signUpCode, storageCountry } = this.#config.records;
    const { provideDemo } = await import('../demo/provide-demo.js');
    const demo = await provideDemo({
      console: {
        host: this.#config.host,
        port: places.console.port,
        origin: places.console.origin,
        certificate: ground.tls?.cert,
      },
      shopOrigin: places.shop.origin,
      country: storageCountry,
      signUpCode: signUp === 'code' ? signUpCode : undefined,
      stateFile: join(ground.dataDir, 'demo', 'sign-in.json'),
    });
    if (demo === undefined) {
      say('  demo: this database has customers of its own; there is no demo customer.');
      return undefined;
    }
    const program = join(this.#project.root, 'infra', 'demo-shop', 'dist', 'main.js');
    await this.#serve(ground, this.#supervised('shop', this.#node(program, [])), {
      settings: () => ({
        host: shopHost(this.#config),
        port: places.shop.port,
        publicHost: new URL(places.shop.origin).hostname,
        sdk: {
          scriptUrl: `${places.console.origin}/sdk/v1/loader.js`,
          siteKey: demo.siteKey,
          connectOrigins: [places.live.origin, places.live.origin.replace(/^http/, 'ws')],
        },
      }),
      onListening: () => undefined,
    });
    return demo;
  }

  /** What has only been read ends whenever the start does; once it serves, it ends in its turn. */
  #load(name: string, command: ProcessCommand): SupervisedProcess {
    const child = this.#supervised(name, command);
    this.#endings.push(() => child.stop());
    child.load();
    return child;
  }

  #supervised(name: string, command: ProcessCommand): SupervisedProcess {
    this.#proceed();
    return new SupervisedProcess({
      ...{ name, command },
      onLine: (line) => passOnLog(name, line),
      onLost: (end) => sayError(`  ${name} ended (${end}); it is started again.`),
    });
  }

  async #serve(
    { register }: Ground,
    child: SupervisedProcess,
    serving: Pick<ServingOptions, 'settings' | 'onListening'>,
  ): Promise<void> {
    this.#proceed();
    this.#endings.push(async () => {
      await child.stop();
      await register.forget(child.name);
    });
    const started = child.start({ ...serving, onStarted: (pid) => void register.note(child.name, pid) });
    await started.catch((error: unknown) => {
      // It was ended with everything else.
      this.#proceed();
      throw error;
    });
  }

  #node(program: string, args: readonly string[]): ProcessCommand {
    const { PATH, TZ, LANG } = environment();
    const passed = { PATH, TZ, LANG, NODE_ENV: 'production', UV_USE_IO_URING: '0' };
    const env = Object.entries(passed).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return {
      command: process.execPath,
      args: [program, ...args],
      cwd: this.#project.root,
      env: Object.fromEntries(env),
      identity: {},
    };
  }

  /** Between two steps of a start: it goes on only when nobody has asked for the end. */
  #proceed(): void {
    if (this.#closing !== undefined) throw new StartInterrupted();
  }

  async #end(): Promise<void> {
    for (let ending = this.#endings.pop(); ending !== undefined; ending = this.#endings.pop()) {
      try {
        await ending();
      } catch (error) {
        sayError(`  ${error instanceof Error ? error.message : 'something could not be ended'}`);
      }
    }
  }
}

/** The shop speaks plain HTTP: outside loopback it may only do so to a proxy that terminates TLS. */
function shopHost({ host, tlsFiles }: Config): string {
  return tlsFiles === undefined || isLoopback(host) ? host : '127.0.0.1';
}

function readLimits(value: unknown): readonly LimitInForce[] {
  return Array.isArray(value) ? (value as readonly LimitInForce[]) : [];
}
