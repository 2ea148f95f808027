/** The program `records`: where its start is refused, nothing of it is even loaded. */

import './start-guard.js';

const { runRecordsProcess } = await import('./records-process.js');
await runRecordsProcess();
