/** The program `live`: where its start is refused, nothing of it is even loaded. */

import './start-guard.js';

const { runLiveProcess } = await import('./live-process.js');
await runLiveProcess();
