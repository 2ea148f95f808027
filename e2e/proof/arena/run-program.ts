/** Runs a program of the system to its end: what it printed, or an error that names it and what it said. */

import { execFile } from 'node:child_process';

export function runProgram(program: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' } }, done);
    function done(error: Error | null, printed: string, said: string): void {
      if (error === null) resolve(printed);
      else reject(new ProgramFailure(program, said.trim().split('\n')[0] || error.message));
    }
  });
}

export class ProgramFailure extends Error {
  override readonly name = 'ProgramFailure';

  constructor(program: string, said: string) {
    super(`${program}: ${said}`);
  }
}
