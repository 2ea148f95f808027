/** Starts a throw-away copy of the installed build on free ports, with everything it writes in given places. */

import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePorts } from '../../service/free-ports.js';
import type { WritablePlaces } from '../service-under-proof.js';
import { CopiedService } from './copied-service.js';
import { copyInstallation } from './installed-copy.js';
import { limitsOff } from './limits-off.js';
import type { Patch } from './patch.js';
import { makePlaces, openPlaces } from './writable-places.js';

export interface CopyOptions {
  /** The installation: a repository that was built, or what was installed of one. */
  readonly root: string;
  /** A folder stands for places of the usual names below it. */
  readonly places: WritablePlaces | string;
  readonly limits: 'on' | 'off';
  readonly patches: readonly Patch[];
  /** Put before the program, as `strace -f …` or `nsenter …`. */
  readonly wrapper?: readonly string[];
  /** On top of the settings that make it a service of its own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly mediaWorkerBin?: string;
}

/** Raised as far as the account may: of the product's processes only `live` forbids itself a core. */
const CORES_ALLOWED = 'ulimit -c "$(ulimit -H -c)"; exec "$@"';

export async function startCopy(options: CopyOptions): Promise<CopiedService> {
  const places = typeof options.places === 'string' ? await makePlaces(options.places) : options.places;
  await openPlaces(places);
  const off = options.limits === 'off' ? limitsOff(places.dumps) : [];
  const copy = await copyInstallation(options.root, [...options.patches, ...off]);
  try {
    const [console = 0, live = 0, replay = 0, shop = 0] = await findFreePorts(4);
    const ports = { console, live, replay, shop };
    const log = join(places.logs, 'service.log');
    const output = await open(log, 'a');
    const main = join(copy.root, 'server/dist/app/main.js');
    const command = [
      '/bin/sh',
      '-c',
      CORES_ALLOWED,
      'sh',
      ...(options.wrapper ?? []),
      process.execPath,
      main,
    ];
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      cwd: places.dumps,
      env: environmentOf({ options, places, ports }),
      // Through the channel it notices when whoever proves is gone, and ends.
      stdio: ['ignore', output.fd, output.fd, 'ipc'],
    });
    await output.close();
    const calls = options.mediaWorkerBin !== undefined;
    return await CopiedService.ready({ child, copy, places, ports, log, limits: options.limits, calls });
  } catch (error) {
    await copy.remove();
    throw error;
  }
}

function environmentOf({
  options,
  places,
  ports,
}: {
  readonly options: CopyOptions;
  readonly places: WritablePlaces;
  readonly ports: Readonly<Record<'console' | 'live' | 'replay' | 'shop', number>>;
}): Record<string, string> {
  const { mediaWorkerBin } = options;
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: places.home,
    TMPDIR: places.temporary,
    DATA_DIR: places.data,
    CONSOLE_PORT: String(ports.console),
    LIVE_PORT: String(ports.live),
    REPLAY_PORT: String(ports.replay),
    SHOP_PORT: String(ports.shop),
    DEMO: 'on',
    CALLS_WORKERS: '1',
    ...(mediaWorkerBin === undefined ? { CALLS: 'off' } : { MEDIASOUP_WORKER_BIN: mediaWorkerBin }),
    ...options.env,
  };
}
