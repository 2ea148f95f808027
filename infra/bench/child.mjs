/** A process of its own for one side of a bench, asked over IPC. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export class Child {
  #child;
  #waiting = new Map();
  #lastId = 0;

  constructor(child) {
    this.#child = child;
    child.on('message', (message) => {
      this.#waiting.get(message.id)?.resolve(message);
      this.#waiting.delete(message.id);
    });
    child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the process has ended'));
    });
  }

  /** @param {string} module Beside this file. @param {Record<string, string>} [env] */
  static async start(module, env = {}) {
    const file = fileURLToPath(new URL(module, import.meta.url));
    const child = fork(file, [], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const first = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`${module} ended with ${code} before it began`);
      }),
    ]);
    const made = new Child(child);
    return Object.assign(made, { hello: first[0] });
  }

  /** @param {object} question */
  ask(question) {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      if (!this.#child.connected) reject(new Error('the process has ended'));
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ ...question, id });
    });
  }

  async stop() {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}
