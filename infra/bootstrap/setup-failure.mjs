/** Programs of this folder, and a fault of the surroundings that a person can remedy: one line, with exit code 1. */
import './take-signals.mjs';

export class SetupFailure extends Error {
  /**
   * @param {string} message What is wrong.
   * @param {string} remedy What to do about it.
   * @param {string} [details] More of what a tool said, printed above the line.
   */
  constructor(message, remedy, details = '') {
    super(message);
    this.name = 'SetupFailure';
    this.remedy = remedy;
    this.details = details;
  }
}

/**
 * Runs a program of this folder and turns whatever goes wrong into words and an exit code.
 * @param {() => Promise<number>} program Returns the exit code.
 */
export async function runProgram(program) {
  try {
    process.exitCode = await program();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof SetupFailure) {
      if (error.details !== '') process.stderr.write(`${error.details}\n`);
      process.stderr.write(`alongside: ${error.message}. ${error.remedy}\n`);
    } else {
      process.stderr.write(`alongside: ${error instanceof Error ? error.stack : String(error)}\n`);
    }
  }
}
