/** What is fuzzed, and how what was found is counted. */

/**
 * @typedef {object} FuzzPart
 * @property {string} name
 * @property {string} entry Source of the program that fuzzes it.
 * @property {string} fuzz Name of the function in it.
 * @property {readonly string[]} ways Each has to be met: a fuzz that is always refused shows little.
 */

/** @type {readonly FuzzPart[]} */
export const FUZZ_PARTS = [
  {
    name: 'codec',
    entry: 'packages/frames/test/fuzz-codec.ts',
    fuzz: 'fuzzCodec',
    ways: ['ack', 'body', 'grant', 'header', 'hello', 'inflate', 'intent', 'notes', 'requests'],
  },
  {
    name: 'grammar',
    entry: 'agent-console/test/fuzz-grammar.ts',
    fuzz: 'fuzzGrammar',
    ways: ['passed', 'refused'],
  },
  {
    name: 'media',
    entry: 'server/test/fuzz-media.ts',
    fuzz: 'fuzzMedia',
    ways: [
      ...['handshake', 'voice', 'picture', 'capabilities', 'refused'],
      ...['handshakeUsed', 'voiceUsed', 'pictureUsed', 'capabilitiesUsed'],
    ],
  },
];

/** How a round is had again. */
const PROGRAM = 'node infra/fuzz/run-fuzz.mjs';

/**
 * One check that no rule was broken, and one for each way that has to be met.
 * @param {FuzzPart} part
 * @param {import('./fuzz-rounds.mjs').Found} found
 * @returns {{ passed: number, failed: number, lines: string[] }}
 */
export function tallyPart({ name, ways }, { seed, inputs, tookMs, met, broken }) {
  const counts = ways.map((way) => `${way} ${met[way] ?? 0}`).join(', ');
  const lines = [`${name}: ${inputs} inputs from seed ${seed} in ${Math.round(tookMs)} ms (${counts})`];
  if (broken !== undefined) {
    lines.push(`${name}: ${broken.rule}`);
    lines.push(`${name}: again with ${PROGRAM} --part=${name} --seed=${broken.seed} --rounds=1`);
    return { passed: 0, failed: 1, lines };
  }
  const unmet = ways.filter((way) => (met[way] ?? 0) === 0);
  for (const way of unmet) lines.push(`${name}: no input came as far as ${way}`);
  return { passed: 1 + ways.length - unmet.length, failed: unmet.length, lines };
}
