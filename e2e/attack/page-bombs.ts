/** C5.10, C5.11: pages that are made to use up an agent's memory or time, as text, since no program would write them. */

const begin = '[{"type":4,"timestamp":1,"data":{"href":"https://shop.example/","width":800,"height":600}},';
/** A page with this in its body. */
export const whole = (inside: string) =>
  `${begin}{"type":2,"timestamp":2,"data":{"node":{"type":0,"id":1,"childNodes":[{"type":2,"id":2,"tagName":"html",` +
  `"attributes":{},"childNodes":[{"type":2,"id":3,"tagName":"body","attributes":{},"childNodes":[${inside}]}]}]},` +
  '"initialOffset":{"left":0,"top":0}}}]';
const element = (id: number, inside = '') =>
  `{"type":2,"id":${id},"tagName":"b","attributes":{},"childNodes":[${inside}]}`;

export interface PageBomb {
  readonly what: string;
  readonly json: () => string;
}

/** More than any page that is shown, and less than the visitor's own program would refuse to send. */
export const pageBombs: readonly PageBomb[] = [
  {
    what: 'of 200,000 elements',
    json: () => whole(Array.from({ length: 200_000 }, (_, at) => element(at + 10)).join(',')),
  },
  {
    what: 'of elements within each other, 100,000 deep',
    json: () => {
      const depth = 100_000;
      const [open, close] = ['{"type":2,"id":9,"tagName":"b","attributes":{},"childNodes":[', ']}'];
      return whole(open.repeat(depth) + close.repeat(depth));
    },
  },
  {
    what: 'of one text of 20 million letters',
    json: () => whole(`{"type":3,"id":9,"textContent":"${'x'.repeat(20_000_000)}"}`),
  },
  { what: 'of 23 million blanks, which are 23 thousand bytes', json: () => `[${' '.repeat(23_000_000)}]` },
  {
    what: 'of an attribute of 2 million letters',
    json: () =>
      whole(
        `{"type":2,"id":9,"tagName":"b","attributes":{"title":"${'x'.repeat(2_000_000)}"},"childNodes":[]}`,
      ),
  },
  {
    what: 'of a style whose selectors stand within each other, 50,000 deep',
    json: () =>
      whole(
        '{"type":2,"id":9,"tagName":"style","attributes":{},"childNodes":' +
          `[{"type":3,"id":10,"textContent":"${':is('.repeat(50_000)}"}]}`,
      ),
  },
];

/** A page whose nodes share their numbers, and the changes that then hang it into itself. */
export const knottedPage = whole(element(9, element(9, element(3))));
export const knottingChanges = JSON.stringify([
  {
    type: 3,
    timestamp: 5,
    data: {
      source: 0,
      texts: [],
      attributes: [],
      removes: [],
      adds: [
        {
          parentId: 9,
          nextId: null,
          node: { type: 2, id: 2, tagName: 'html', attributes: {}, childNodes: [] },
        },
        { parentId: 9, nextId: 9, node: { type: 2, id: 9, tagName: 'b', attributes: {}, childNodes: [] } },
        { parentId: 44, nextId: 45, node: { type: 2, id: 44, tagName: 'b', attributes: {}, childNodes: [] } },
      ],
    },
  },
]);
