/**
 * Node opens its debugger for whoever sends SIGUSR1, and a debugger reads memory. A listener of ours takes the place
 * of that one. Before it is there, in the first moments of a start, nothing of anybody's is in memory.
 */

process.on('SIGUSR1', () => undefined);
