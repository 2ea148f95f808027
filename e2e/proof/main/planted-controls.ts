/** Everything that a run stores, sends and breaks on purpose, so that every detector that looks has something to find. */

import type { BrokenOnPurpose, Control } from '../control.js';
import type { CopiedService } from '../copy/copied-service.js';
import type { Participants } from '../engagement/participants.js';
import type { DetectorName } from '../finding.js';
import type { Planted, PlantedLater } from '../forensics/file-controls.js';
import { deletedFiles, plantDumps, plantInLogs, plantNames } from '../forensics/file-controls.js';
import { plantInProfiles } from '../forensics/profile-controls.js';
import { sqlSourceOf } from '../forensics/sql.js';
import { plantSqlControls } from '../forensics/sql-controls.js';
import type { HeldFile } from '../observe/held-file.js';
import { holdDeletedFile } from '../observe/held-file.js';
import type { WatchedProcess } from '../observe/memory-files.js';
import { plantInSinks } from '../observe/sink-controls.js';
import type { Sinks } from '../observe/sinks.js';
import type { WritablePlaces } from '../service-under-proof.js';

export interface PlantingIn {
  readonly places: WritablePlaces;
  readonly sinks: Sinks;
  readonly detectors: ReadonlySet<DetectorName>;
  /** The medium is read raw in the end. */
  readonly onMedium: boolean;
  /** The run asks for attributes of files. */
  readonly attributes: boolean;
  /** The database writes its statements down, which would show a raw search what is hidden from it. */
  readonly statementsLogged: boolean;
}

/** What people say in an engagement passes everything that writes it down or hands it on. */
const ON_ITS_WAY: readonly DetectorName[] = ['writes', 'network'];

export class PlantedControls {
  readonly #controls: Control[] = [];
  readonly #onPurpose: BrokenOnPurpose[] = [];
  readonly #in: PlantingIn;
  readonly #held: HeldFile;
  readonly #later: PlantedLater | undefined;

  private constructor(planting: PlantingIn, held: HeldFile) {
    this.#in = planting;
    this.#held = held;
    this.#add(held);
    this.#later = planting.onMedium ? deletedFiles(planting.places) : undefined;
    if (this.#later !== undefined) this.#add(this.#later);
  }

  static async begin(planting: PlantingIn): Promise<PlantedControls> {
    return new PlantedControls(planting, await holdDeletedFile(planting.places));
  }

  get controls(): readonly Control[] {
    return this.#controls;
  }

  get onPurpose(): readonly BrokenOnPurpose[] {
    return this.#onPurpose;
  }

  /** To be looked into like those of the service. */
  get processes(): readonly WatchedProcess[] {
    return [this.#held.process];
  }

  /** While the service runs and before the engagement. */
  async plant({ databaseUrl }: CopiedService): Promise<void> {
    const { places, sinks, detectors, attributes, statementsLogged } = this.#in;
    this.#add(await plantNames(places, attributes));
    this.#add(await plantInLogs(places));
    this.#add(await plantDumps(places));
    this.#controls.push(...(await plantInSinks(sinks)));
    if (statementsLogged) return;
    const { database, connection } = sqlSourceOf(databaseUrl);
    this.#controls.push(...(await plantSqlControls(connection(database), detectors)));
  }

  /** While both browsers are still there. */
  async plantInBrowsers({ visitorPage, agent }: Participants): Promise<void> {
    this.#controls.push(...(await plantInProfiles({ visitor: visitorPage, agent: agent.page })));
  }

  /** What was said in the engagement is asked of everything on its way as well. */
  addSaid(controls: readonly Control[]): void {
    const inStatements = this.#in.statementsLogged;
    this.#controls.push(
      ...controls.map((control) => ({
        ...control,
        foundBy: [...control.foundBy, ...ON_ITS_WAY, ...(inStatements ? (['logs'] as const) : [])],
        hiddenFrom: control.hiddenFrom.filter((detector) => detector !== 'logs' || !inStatements),
      })),
    );
  }

  /** When everything has ended, and just before the medium is read. */
  async plantLast(): Promise<void> {
    await this.#later?.plant();
  }

  async close(): Promise<void> {
    await this.#held.release();
  }

  #add({ controls, onPurpose }: Planted): void {
    this.#controls.push(...controls);
    this.#onPurpose.push(...onPurpose);
  }
}
