/** Pages whose scripts are busy, rude or strictly kept, and pages in other writings. */

import type { ZooPage } from '../zoo-page.js';

export const scriptPages: readonly ZooPage[] = [
  {
    name: 'churn',
    shows: 'attributes that change thousands of times, nodes added and taken away before anybody looks',
    body: '<div id="ticker" style="width: 100px; height: 20px; background: grey"></div><ul id="list"></ul>',
    drive: [
      {
        run: `
          for (let round = 0; round < 20; round += 1) {
            for (let index = 0; index < 100; index += 1) {
              ticker.style.width = (index + round) + 'px'; ticker.title = 'tick ' + index; ticker.className = 'c' + index;
              const item = document.createElement('li'); list.append(item); if (index % 25) item.remove(); else item.textContent = round + ' ' + index;
            }
            await new Promise((resolve) => requestAnimationFrame(resolve));
          }`,
      },
      { run: `list.append(list.firstChild, list.children[4]); list.prepend(list.lastChild)` },
    ],
    withinMs: 6_000,
  },
  {
    name: 'moves',
    shows: 'subtrees that are moved, swapped, wrapped, split and merged in one task',
    body: '<div id="a"><p id="p">one <b>two</b> three</p></div><div id="b"><p id="q">four</p></div>',
    drive: [
      {
        run: `const kept = document.getElementById('a'); b.append(p); kept.append(q); const box = document.createElement('section'); kept.replaceWith(box); box.append(kept)`,
      },
      {
        run: `p.firstChild.splitText(2).data = 'split'; p.normalize(); q.firstChild.replaceWith('text', document.createElement('hr'), 'more')`,
      },
      {
        run: `const range = document.createRange(); range.selectNodeContents(p); const mark = document.createElement('mark'); mark.append(range.extractContents()); p.append(mark); b.innerHTML += '<i>again</i>'`,
      },
      {
        run: `document.body.append(document.getElementById('b').cloneNode(true)); document.body.lastChild.id = 'copy'`,
      },
    ],
    withinMs: 3_000,
  },
  {
    name: 'patched',
    shows: 'a page that has replaced what a recorder calls',
    body: '<div id="place"><p>Patched</p></div><input id="field">',
    script: `
      for (const [of, name] of [[Node.prototype, 'appendChild'], [Node.prototype, 'insertBefore'], [Element.prototype, 'setAttribute'], [CSSStyleSheet.prototype, 'insertRule'], [Element.prototype, 'matches']]) {
        const own = of[name];
        of[name] = function patched(...words) { return own.apply(this, words); };
      }
      Array.prototype.toJSON = function () { return this; }; Object.prototype.extra = 'extra'; Object.prototype.other = function other() {}; String.prototype.toJSON = function () { return this.valueOf(); };
      Element.prototype.closest = () => null; window.MutationObserver = class { observe() {} disconnect() {} takeRecords() { return []; } };`,
    drive: [
      {
        run: `place.appendChild(document.createElement('p')).textContent = 'added'; field.value = 'typed'; field.dispatchEvent(new Event('input', { bubbles: true }))`,
      },
      { run: `place.firstElementChild.setAttribute('style', 'color: rgb(200, 80, 0)')` },
    ],
    withinMs: 5_000,
  },
  {
    name: 'strict',
    shows: 'a content policy without any exception, and Trusted Types',
    policy:
      "default-src 'self'; script-src 'self' {sdk}; connect-src 'self' {sdk} {live}; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types alongside",
    head: '<link rel="stylesheet" href="/sheet/one.css">',
    body: '<p class="a">strict</p><p class="b">page</p>',
    drive: [
      {
        run: `const item = document.createElement('p'); item.className = 'a'; item.textContent = 'added'; document.body.append(item); item.style.setProperty('color', 'rgb(0, 120, 120)')`,
      },
    ],
    withinMs: 5_000,
  },
  {
    name: 'custom-elements',
    shows: 'elements defined after they were there, and ones that rewrite themselves',
    head: '<style>zoo-late:not(:defined) { color: grey } zoo-late:defined { color: rgb(22, 101, 52); display: block }</style>',
    body: '<zoo-late>waiting</zoo-late><p>after</p>',
    drive: [
      {
        run: `customElements.define('zoo-late', class extends HTMLElement {
          connectedCallback() { this.textContent = 'upgraded'; }
        })`,
      },
      { run: `document.body.append(document.createElement('zoo-late'))` },
    ],
    withinMs: 4_000,
  },
  {
    name: 'document-written',
    shows: 'a document in quirks mode, partly written by script, its head changed late',
    body: '<table width="200"><tr><td id="cell" height="40">cell<td>other</table><font color="maroon" size="5">old</font><center>middle</center>',
    drive: [
      {
        run: `document.head.append(Object.assign(document.createElement('style'), { textContent: 'td { border: 2px solid rgb(0, 60, 160) }' })); cell.innerHTML = '<b>bold'; document.title = 'renamed'`,
      },
    ],
    withinMs: 3_000,
  },
  {
    name: 'template-parts',
    shows: 'templates, fragments, comments as marks, and text between them',
    body: '<template id="t"><p>from the template <slot></slot></p></template><div id="place">text<!-- mark -->text<!-- mark --></div>',
    drive: [
      {
        run: `place.append(t.content.cloneNode(true)); place.insertBefore(new Text('between'), place.childNodes[2])`,
      },
      { run: `place.firstChild.remove(); place.append('', document.createComment('x'), 'end')` },
    ],
    withinMs: 3_000,
  },
];

export const writingPages: readonly ZooPage[] = [
  {
    name: 'text-rtl',
    shows: 'writing from right to left, mixed directions, and a page that changes its direction',
    attributes: 'dir="rtl" lang="ar"',
    head: '<style>.box { margin-inline-start: 60px; padding-inline-end: 10px; border-inline-start: 6px solid rgb(200, 80, 0) }</style>',
    body: '<p class="box">مرحبا بالعالم 123 hello</p><p dir="auto" id="auto">שלום</p><bdo dir="ltr">abc</bdo><input value="مرحبا">',
    drive: [
      { run: `auto.textContent = 'now from the left'; document.documentElement.dir = 'ltr'` },
      { run: `document.documentElement.dir = 'rtl'` },
    ],
    withinMs: 3_000,
  },
  {
    name: 'text-writing',
    shows: 'Chinese, Japanese, Thai, ruby, vertical lines, emoji made of several, and odd spaces',
    head: '<style>.vertical { writing-mode: vertical-rl; height: 160px; border: 1px solid }</style>',
    body: '<p>你好，世界 こんにちは สวัสดี</p><p class="vertical">縦書き</p><ruby>漢<rt>kan</rt></ruby><p>👩‍👩‍👧‍👦 🏳️‍🌈 e&#769; &#8203;zero&nbsp;width</p><pre>  kept   spaces\n\tand tabs</pre>',
    drive: [
      {
        run: `document.querySelector('pre').append('\\n  more\\u2028line \\ud800 alone'); document.querySelector('p').append('👍🏽')`,
      },
    ],
    withinMs: 3_000,
  },
  {
    name: 'text-long',
    shows: 'a very long word, a text of 50,000 letters and 300 attributes on one element',
    body: '<p id="word" style="overflow-wrap: anywhere"></p><div id="text" style="height: 100px; overflow: hidden"></div><i id="many">many</i>',
    drive: [
      { run: `word.textContent = 'long'.repeat(400); text.textContent = 'sentence. '.repeat(5000)` },
      {
        run: `for (let index = 0; index < 300; index += 1) many.setAttribute('data-a' + index, index); many.title = 'still here'`,
      },
    ],
    withinMs: 4_000,
  },
];
