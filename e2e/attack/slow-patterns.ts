/**
 * C5.12: style texts that make a regular expression go astray which can fail late: what is opened and never closed,
 * what is escaped, and beginnings of whatever the console or its replayer looks for. What nests is a bomb of its own.
 */

import { whole } from './page-bombs.js';

const LENGTH = 200_000;
const many = (piece: string) => piece.repeat(Math.floor(LENGTH / piece.length));

/** Each is preceded by a rule that has to be rewritten for the replay, so that no text is passed on unread. */
const styles: readonly string[] = [
  `a{background:url(${many(' ')}`,
  `a{background:url("${many('\\"')}`,
  `a{content:"${many('\\\\')}`,
  many('\\"'),
  many("\\'"),
  many(`"'`),
  many('"\n'),
  many('/*'),
  `/${many('*')}`,
  many('url('),
  many('@import '),
  many('alongside-asset:'),
  many(':hover'),
  `${many('a:hover,')}b{color:red}`,
  many('[a='),
  many('color-scheme:'),
  many('}'),
].map((css) => `a:hover{color:red}${css}`);

const style = (css: string, at: number) =>
  `{"type":2,"id":${2 * at + 100},"tagName":"style","attributes":{},"childNodes":[{"type":3,"id":${2 * at + 101},` +
  `"textContent":${JSON.stringify(css)}}]}`;
const text = (id: number, words: string) =>
  `{"type":2,"id":${id},"tagName":"p","attributes":{},"childNodes":[{"type":3,"id":${id + 1},"textContent":"${words}"}]}`;

export const SLOW_MARKER = 'The page of slow patterns is shown.';

export const slowPage = whole([...styles.map(style), text(10, SLOW_MARKER)].join(','));

/** As many as a change may have. */
const CROWD = 40_000;
const crowd = <T>(make: (id: number) => T): T[] => Array.from({ length: CROWD }, (_, at) => make(at + 1_000));

/** The same as rules, as styles of an element, and as texts of a sheet; and a crowd in one place. */
export const slowChanges: Readonly<Record<string, readonly string[]>> = {
  rules: styles.map((css, at) => changeOf({ source: 8, id: 100, adds: [{ rule: css, index: at }] })),
  sheets: styles.map((css, at) => mutation({ texts: [{ id: 2 * at + 101, value: css }] })),
  'styles of an element': styles.map((css) =>
    mutation({ attributes: [{ id: 10, attributes: { style: css } }] }),
  ),
  'texts put into one place': [
    mutation({
      adds: crowd((id) => ({ parentId: 10, nextId: null, node: { type: 3, id, textContent: 'x' } })),
    }),
  ],
  'what names a neighbour that is not there': [
    JSON.stringify(
      Array.from({ length: 100 }, (_, at) => {
        const node = { type: 3, id: 200_000 + at, textContent: 'x' };
        const data = {
          source: 0,
          texts: [],
          attributes: [],
          removes: [],
          adds: [{ parentId: 10, nextId: 999_999, node }],
        };
        return { type: 3, timestamp: 5, data };
      }),
    ),
  ],
  'texts taken away, with changes of others that are not there': [
    mutation({
      removes: crowd((id) => ({ parentId: 10, id })),
      texts: crowd((id) => ({ id: id + CROWD, value: 'y' })),
      attributes: crowd((id) => ({ id: id + CROWD, attributes: {} })),
    }),
  ],
};

/** By which the end of the changes before is seen. */
export const markedAs = (words: string) => mutation({ texts: [{ id: 11, value: words }] });

function mutation(change: object): string {
  return changeOf({ source: 0, texts: [], attributes: [], removes: [], adds: [], ...change });
}

function changeOf(data: object): string {
  return JSON.stringify([{ type: 3, timestamp: 5, data }]);
}
