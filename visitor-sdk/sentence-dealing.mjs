// Which part of the panel brings which sentence, and under which key.

/** Why something did not happen that nobody can do before an agent is there: said by what is loaded for them. */
const FAILURES_TOGETHER = ['failure.askExpired', 'failure.callsUnavailable'];
/** Counted things: a key goes on with one of these. */
const COUNTED = /\.(?:one|other)$/;

export class SentenceDealing {
  #first;
  #later;

  /** The panel's program and those that it loads later, none with any sentence. */
  constructor(first, later) {
    this.#first = sayingOf(first);
    this.#later = Object.entries(later).map(([name, { body }]) => ({ name, ...sayingOf(body) }));
  }

  /** What only later parts say comes with them; whatever the panel says itself, or nobody seems to, is the panel's. */
  deal(sentences) {
    const dealt = { panel: {} };
    for (const { name } of this.#later) dealt[name] = {};
    for (const [key, sentence] of Object.entries(sentences)) {
      const later = this.#first.says(key) ? [] : this.#later.filter(({ says }) => says(key));
      if (FAILURES_TOGETHER.includes(key)) later.push({ name: 'together' });
      for (const { name } of later.length === 0 ? [{ name: 'panel' }] : later) dealt[name][key] = sentence;
    }
    return dealt;
  }

  /** The text of a part, in which a sentence whose key is never put together goes by a number: that is shorter. */
  numbered(text, sentences) {
    const everybody = [this.#first, ...this.#later];
    const numbers = new Map(
      Object.keys(sentences)
        .sort()
        .filter((key) => !everybody.some(({ fills }) => fills(key)))
        // A word may stand before it.
        .map((key, number) => [key, ` ${number}`]),
    );
    return text.replace(/"([a-z][\w.]*)"/gi, (quoted, key) => numbers.get(key) ?? quoted);
  }
}

/** Whether a program may say a sentence: its key stands there, or the beginning of it before something filled in. */
function sayingOf(text) {
  const whole = new Set([...text.matchAll(/["'`]([a-z][\w.]*)["'`]/gi)].map(([, key]) => key));
  const filled = [...text.matchAll(/`([a-z]+\.[\w.]*)\$\{(?:[^{}`]*\}([\w.]*)`)?/gi)];
  const isFilled = (key) => filled.some(([, start, end = '']) => key.startsWith(start) && key.endsWith(end));
  return {
    says: (key) => whole.has(key) || whole.has(key.replace(COUNTED, '')) || isFilled(key),
    fills: (key) => COUNTED.test(key) || isFilled(key),
  };
}
