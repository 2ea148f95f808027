/** Puts the parts of `records` together: everything but HTTP. */

import type { JournalEntry, LiveRoster, Revocation } from '@alongside/engagement';
import type { EntityManager } from 'typeorm';
import { ProcessingRecords } from './accountability/processing-record.js';
import { AccessTokens } from './accounts/access-tokens.js';
import { AccountStates } from './accounts/account-states.js';
import { AuditTrail } from './accounts/audit-trail.js';
import type { Caller } from './accounts/caller.js';
import { Customers } from './accounts/customers.js';
import { Employers } from './accounts/employers.js';
import { Enrolments } from './accounts/enrolments.js';
import { People } from './accounts/people.js';
import { PersonErasures } from './accounts/person-erasures.js';
import { RefreshTokens } from './accounts/refresh-tokens.js';
import { Sessions } from './accounts/sessions.js';
import { Agreements } from './agreements/agreements.js';
import type { SigningKeys } from './crypto/signing-keys.js';
import { Database } from './database/database.js';
import { Documents } from './deliveries/documents.js';
import { Disclosures } from './disclosures/disclosures.js';
import { Emergencies } from './emergencies/emergencies.js';
import { DeliveredContent } from './engagements/delivered-content.js';
import { EngagementRecords } from './engagements/engagement-records.js';
import { EngagementStarts } from './engagements/engagement-start.js';
import { SiteConfigs } from './engagements/site-config.js';
import { VisitorAccess } from './engagements/visitor-access.js';
import { VisitorEngagements } from './engagements/visitor-engagements.js';
import { Experts } from './experts/experts.js';
import { DeliveredLines } from './journal/delivered-lines.js';
import { GroupCommitter } from './journal/group-committer.js';
import { JournalServer } from './journal/journal-server.js';
import { JournalWriter } from './journal/journal-writer.js';
import { missedRevocations } from './journal/missed-revocations.js';
import { LapsedRows } from './lapses/lapsed-rows.js';
import { Lapses } from './lapses/lapses.js';
import { TransferReports } from './lapses/transfer-reports.js';
import { CustomerStore } from './recipients/customer-store.js';
import { Egress } from './recipients/egress.js';
import { Recipients } from './recipients/recipients.js';
import { StoreBeginnings } from './recipients/store-beginnings.js';
import { StoreErasures } from './recipients/store-erasures.js';
import type { RecordsContext } from './records-context.js';
import type { RecordsLogger } from './records-logger.js';
import { ErasureLedger } from './retention/erasure-ledger.js';
import { LostSharing } from './retention/lost-sharing.js';
import { Purge } from './retention/purge.js';
import { replayErasures } from './retention/replay-erasures.js';
import { RetentionReviews } from './retention/reviews.js';
import { CaseEffects, liftByHand } from './rights/cases/case-effects.js';
import { CaseIntake } from './rights/cases/case-intake.js';
import { CaseKeys } from './rights/cases/case-seen.js';
import { CaseSweep } from './rights/cases/case-sweep.js';
import { CaseWork } from './rights/cases/case-work.js';
import { SupportPacks } from './rights/cases/support-pack.js';
import { Erasures } from './rights/erasures.js';
import { Exports } from './rights/exports.js';
import { Holds } from './rights/holds.js';
import { Receipts } from './rights/receipts.js';
import { Contracts } from './sites/contracts.js';
import { Notices } from './sites/notices.js';
import { Sites } from './sites/sites.js';
import { Surveys } from './sites/surveys.js';
import { Statistics } from './statistics/statistics.js';
import { EngagementHomes } from './tickets/engagement-homes.js';
import { LiveNodes } from './tickets/live-nodes.js';
import { Tickets } from './tickets/tickets.js';
import { CurrentRegisters } from './transfer/current-registers.js';
import { DecisionDesk } from './transfer/decision-desk.js';
import { Registers } from './transfer/registers.js';
import { TransferConsentRegister } from './transfer/transfer-consents.js';

export interface RecordsCoreOptions {
  /** Of the role that owns the tables; migrations run with it. */
  readonly databaseUrl: string;
  /** Of the role `alongside_app`; without it connections of the owner switch to that role. */
  readonly appDatabaseUrl?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly storageCountry: string;
  /** The organisation that runs the database for whoever runs this, as contracts with it name it. */
  readonly storageHost?: string | undefined;
  /** Of the machines that pass on what is shown and said; without a country nothing begins. */
  readonly liveCountry?: string | undefined;
  readonly liveHost?: string | undefined;
  readonly journalSecret: string;
  readonly signingKeys: SigningKeys;
  readonly consoleOrigin: string;
  /** Where it is written down what was erased; beside the database, and in no backup of it. */
  readonly erasureLedger?: string | undefined;
  /** `host:port` of customers' own stores inside this network, which may be spoken to without TLS. */
  readonly privateStores?: readonly string[] | undefined;
  readonly logger: RecordsLogger;
  readonly clock: () => number;
}

export type RecordsCore = ReturnType<typeof buildRecordsCore>;

export async function createRecordsCore(options: RecordsCoreOptions): Promise<RecordsCore> {
  const core = buildRecordsCore(options);
  await core.open();
  return core;
}

/** Nothing is asked of it before it is open. */
export function buildRecordsCore(options: RecordsCoreOptions) {
  const { databaseUrl: ownerUrl, appDatabaseUrl: appUrl, logger, clock } = options;
  const database = new Database({ ownerUrl, appUrl }, logger);
  const { egress, store } = wayOut(options);
  const context = contextOf(options, { database, store });
  const nodes = new LiveNodes(clock);
  const homes = new EngagementHomes(nodes);
  const tickets = new Tickets({ keys: options.signingKeys.tickets, clock });
  const revoke = (revocation: Revocation) => {
    tickets.notice(revocation);
    nodes.revoke(revocation);
  };
  const lapses = new Lapses(context, revoke);
  const access = new VisitorAccess(context);
  const committer = committerOf(context, revoke);
  const lines = new DeliveredLines({ context, committer, store });
  const journal = journalOf(options, { context, nodes, tickets, lines });
  const delivered = new DeliveredContent(context, store);
  const rights = rightsOf({ context, access, delivered, revoke });
  return {
    context,
    database,
    nodes,
    homes,
    tickets,
    lapses,
    ...accountsOf(options, { context, lapses, revoke }),
    sites: new Sites(context, lapses, revoke),
    notices: new Notices(context),
    surveys: new Surveys(context),
    agreements: new Agreements(context),
    contracts: new Contracts(context, lapses),
    recipients: new Recipients(context, egress),
    deliveryKeys: () => deliveryKeysOf(options),
    registers: new Registers(context, lapses),
    lapsedRows: new LapsedRows(context),
    transferReports: new TransferReports(),
    transferConsents: new TransferConsentRegister(context),
    access,
    documents: new Documents(context, access),
    siteConfigs: new SiteConfigs(context, nodes),
    starts: new EngagementStarts({ context, access, nodes, homes, tickets, delivered }),
    visitors: new VisitorEngagements(context, { access, homes, lapses, tickets, delivered, revoke }),
    ...rights,
    experts: new Experts(context, { homes, tickets, revoke }),
    emergencies: new Emergencies(context),
    processingRecords: new ProcessingRecords(context),
    disclosures: new Disclosures(context, rights.exports),
    engagements: new EngagementRecords(context, delivered),
    purge: new Purge(context),
    retentionReviews: new RetentionReviews(context),
    statistics: new Statistics(),
    lostSharing: new LostSharing(context, nodes),
    journal,
    open: () => open(context),
    close: async () => {
      await committer.close();
      await journal.close();
      await database.close();
    },
  };
}

function rightsOf(parts: {
  context: RecordsContext;
  access: VisitorAccess;
  delivered: DeliveredContent;
  revoke: (revocation: Revocation) => void;
}) {
  const { context, access, delivered, revoke } = parts;
  const receipts = new Receipts(context, access);
  const exports = new Exports({ context, access, receipts });
  const caseKeys = new CaseKeys(context);
  const effects = new CaseEffects({ context, delivered, revoke });
  const caseWork = new CaseWork(context, effects);
  return {
    receipts,
    exports,
    erasures: new Erasures({ context, access, revoke }),
    caseIntake: new CaseIntake({ context, access, effects }),
    caseKeys,
    caseWork,
    caseSweep: new CaseSweep(context, effects),
    supportPacks: new SupportPacks({ context, work: caseWork, exports, keys: caseKeys }),
    holds: new Holds(context),
    liftRestriction: (manager: EntityManager, { tenantId, personId }: Caller, engagementId: string) =>
      liftByHand(context, manager, { tenantId, actorId: personId, engagementId }),
  };
}

/** A database that was restored serves nobody before what was erased since has gone again. */
async function open(context: RecordsContext): Promise<void> {
  const { database, logger } = context;
  try {
    await database.open();
    const engagements = await replayErasures(context);
    if (engagements > 0) logger.warn('erasures.replayed', { engagements });
  } catch (error) {
    await database.close();
    throw error;
  }
}

function contextOf(
  options: RecordsCoreOptions,
  { database, store }: { database: Database; store: CustomerStore },
): RecordsContext {
  const { clock, logger, storageCountry, storageHost, liveCountry, liveHost, consoleOrigin } = options;
  const registers = new CurrentRegisters(clock);
  const decisions = new DecisionDesk({ clock, registers, storageCountry, storageHost, liveHost });
  const audit = new AuditTrail({ decisions, storageCountry });
  const ledger = new ErasureLedger(options.erasureLedger);
  const telling = { database, store, clock };
  const storeErasures = new StoreErasures(telling);
  const storeBeginnings = new StoreBeginnings(telling);
  const parts = { database, registers, decisions, audit, ledger, store, storeErasures, storeBeginnings };
  const places = { storageCountry, storageHost, liveCountry, liveHost };
  return { ...parts, ...places, consoleOrigin, clock, logger };
}

function wayOut({
  privateStores: privatePlaces = [],
  signingKeys,
  consoleOrigin,
  clock,
  logger,
}: RecordsCoreOptions) {
  const egress = new Egress({ privatePlaces, clock });
  const [key] = signingKeys.deliveries;
  const issuer = { issuer: consoleOrigin, key, clock: () => Date.now() };
  return { egress, store: new CustomerStore({ egress, issuer, logger, clock }) };
}

/** For stores, to check who sends: as a JWK set. */
function deliveryKeysOf({ signingKeys: { deliveries } }: RecordsCoreOptions) {
  return { keys: deliveries.map(({ kid, publicJwk }) => ({ kid, alg: 'ES256', use: 'sig', ...publicJwk })) };
}

function accountsOf(
  { signingKeys, clock }: RecordsCoreOptions,
  {
    context,
    lapses,
    revoke,
  }: { context: RecordsContext; lapses: Lapses; revoke: (told: Revocation) => void },
) {
  const refreshTokens = new RefreshTokens(clock);
  const accessTokens = new AccessTokens(signingKeys.accessTokens, clock);
  const sessions = new Sessions(context, { access: accessTokens, refresh: refreshTokens }, revoke);
  const enrolments = new Enrolments(context, sessions);
  return {
    sessions,
    enrolments,
    accountStates: new AccountStates(context, revoke),
    customers: new Customers(context, { enrolments, lapses }),
    employers: new Employers(context, lapses),
    people: new People({ context, enrolments, refreshTokens, lapses, revoke }),
    personErasures: new PersonErasures({ context, refreshTokens, revoke }),
  };
}

function committerOf(context: RecordsContext, revoke: (revocation: Revocation) => void): GroupCommitter {
  const { database, logger } = context;
  const writer = new JournalWriter(context, revoke);
  return new GroupCommitter({ database, logger, write: (entries) => writer.write(entries) });
}

function journalOf(
  { journalSecret: secret }: RecordsCoreOptions,
  parts: { context: RecordsContext; nodes: LiveNodes; tickets: Tickets; lines: DeliveredLines },
): JournalServer {
  const { context, nodes, tickets, lines } = parts;
  const { database, logger } = context;
  const hello = () => ({ ticketKeys: tickets.publicKeys(), at: context.clock() });
  const missed = async (roster: LiveRoster) => {
    const revocations = await missedRevocations(context, roster);
    for (const each of revocations) tickets.notice(each);
    return revocations;
  };
  const submit = (entry: JournalEntry) => lines.submit(entry);
  return new JournalServer({ secret, submit, nodes, database, hello, missed, logger });
}
