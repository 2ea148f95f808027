/** Counts the checks of the fences: each is a line, and the last line sums them. */

export class FenceReport {
  #passed = 0;
  #failed = 0;

  /**
   * @param {string} name
   * @param {readonly string[]} faults None when it holds.
   */
  check(name, faults) {
    if (faults.length === 0) {
      this.#passed += 1;
      process.stdout.write(`ok    ${name}\n`);
      return;
    }
    this.#failed += 1;
    process.stdout.write(`FAIL  ${name}\n`);
    for (const fault of faults.slice(0, 20)) process.stdout.write(`        ${fault}\n`);
    if (faults.length > 20) process.stdout.write(`        and ${faults.length - 20} more\n`);
  }

  /**
   * A fence that does not notice its breach is none.
   * @param {string} name
   * @param {boolean} noticed
   */
  breach(name, noticed) {
    this.check(`breach noticed: ${name}`, noticed ? [] : ['the planted breach was not noticed']);
  }

  /** @returns {number} The exit code. */
  close() {
    process.stdout.write(`${this.#passed} passed, ${this.#failed} failed\n`);
    return this.#failed === 0 && this.#passed > 0 ? 0 : 1;
  }
}
