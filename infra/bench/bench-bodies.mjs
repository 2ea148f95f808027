/** Bodies of pages that benches show: of a given size, with one element that changes, and with planted secrets. */

/** Stands wherever a page may hold what nobody else is to see; no byte of it may leave the page. */
export const SECRET = 'PLANTED9f3a71c4SECRET';

/** Stands beside it, and is to be seen. */
export const SHOWN = 'An element with attributes';

const planted = `
  <p data-alongside="mask">${SECRET} in a masked paragraph</p>
  <p title="${SECRET}" aria-label="${SECRET}" data-note="${SECRET}">${SHOWN}</p>
  <a href="/account?token=${SECRET}#${SECRET}">A link</a><!-- ${SECRET} -->
  <form><input name="card" value="${SECRET}"><textarea>${SECRET}</textarea></form>`;

const WORDS =
  'loan rate term income monthly fixed offer early answer house garden bicycle delivery blue seven'.split(
    ' ',
  );
const words = (seed, count) =>
  Array.from(
    { length: count },
    (_, at) => WORDS[(seed * 7 + at * 5 + ((seed * at) % 3)) % WORDS.length],
  ).join(' ');

/** A card is four elements, and with its texts seven nodes. */
const NODES_A_CARD = 7;
const card = (at) =>
  `<div class="card c${at % 9}" id="card-${at}"><h3>${words(at, 3)} ${at}</h3><p>${words(at + 1, 9)}</p><button>${words(at, 1)}</button></div>`;

/** @param {number} nodes About so many, elements and texts. */
export function bodyOf(nodes) {
  const cards = Array.from({ length: Math.round(nodes / NODES_A_CARD) }, (_, at) => card(at)).join('');
  return `<style>.card{border:1px solid #ddd;padding:4px;margin:4px}.on{background:#eef}</style>
    <h1>Offers</h1><p id="probe">m-0</p>${planted}<main id="cards">${cards}</main>`;
}
