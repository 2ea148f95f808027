/** The one door of the test kit. */
export { FactRecorder, type RecordedFact } from './fact-recorder.js';
export { FakeClock } from './fake-clock.js';
export { LedgerDouble, newEngagement, type StartedEngagement } from './ledger-double.js';
export { RecordsDouble } from './records-double.js';
export { type SignOptions, TicketSigner } from './ticket-signer.js';
export { until } from './until.js';
