/** Pages whose content is in shadow roots: nested, late, closed, slotted, and styled by sheets of their own. */

import type { ZooPage } from '../zoo-page.js';

export const shadowPages: readonly ZooPage[] = [
  {
    name: 'shadow-nested',
    shows: 'shadow roots four deep, changed in the deepest',
    isShort: true,
    body: '<div id="host"></div>',
    script: `
      let at = document.getElementById('host');
      for (let depth = 0; depth < 4; depth += 1) {
        const root = at.attachShadow({ mode: 'open' });
        root.innerHTML = '<style>p { color: rgb(' + depth * 60 + ', 20, 90); margin: 4px }</style><p>depth ' + depth + '</p><div></div>';
        at = root.querySelector('div');
      }
      window.deepest = at;`,
    drive: [
      { run: `deepest.innerHTML = '<ul><li>one</li><li>two</li></ul>'` },
      {
        run: `deepest.querySelector('li').replaceChildren('changed'); deepest.firstChild.prepend(document.createElement('li'))`,
      },
    ],
    withinMs: 3_000,
  },
  {
    name: 'shadow-late',
    shows: 'roots attached long after their hosts, some to hosts not yet in the page, one by markup',
    body: '<section id="early"><b>light</b></section><div id="place"></div>',
    drive: [
      {
        run: `document.getElementById('early').attachShadow({ mode: 'open' }).innerHTML = '<i>before</i> <slot></slot> <i>after</i>'`,
      },
      {
        run: `
          const host = document.createElement('article');
          host.attachShadow({ mode: 'open' }).innerHTML = '<h2>made apart</h2>';
          document.getElementById('place').append(host);
          host.shadowRoot.append('and then more');`,
      },
      {
        run: `
          const host = document.createElement('div');
          host.setHTMLUnsafe('<div><template shadowrootmode="open"><em>declared</em><slot></slot></template>light of it</div>');
          document.getElementById('place').append(host);`,
      },
    ],
    withinMs: 3_000,
  },
  {
    name: 'shadow-slots',
    shows: 'named slots whose content moves between them, with a fallback',
    body: '<zoo-card id="card"><h2 slot="title">Title</h2><p>Body</p></zoo-card>',
    script: `
      customElements.define('zoo-card', class extends HTMLElement {
        constructor() {
          super();
          this.attachShadow({ mode: 'open' }).innerHTML = '<style>header { background: #dbeafe } footer { background: #fde68a } ::slotted(p) { color: rgb(180, 0, 60) }</style><header><slot name="title">no title</slot></header><slot></slot><footer><slot name="foot">no foot</slot></footer>';
        }
      });`,
    drive: [
      { run: `document.querySelector('#card p').slot = 'foot'` },
      { run: `document.querySelector('#card h2').remove()` },
      { run: `document.getElementById('card').append('text without a slot of its own')` },
    ],
    withinMs: 3_000,
  },
  {
    name: 'shadow-closed',
    shows: 'a closed root, which nobody but its maker may look into',
    body: '<p>Before</p><zoo-closed id="closed"><span>light that is not drawn</span></zoo-closed><p>Between</p><zoo-closed id="worded">words that are not drawn</zoo-closed><p>After</p>',
    head: '<style>zoo-closed { display: block; width: 240px }</style>',
    script: `
      customElements.define('zoo-closed', class extends HTMLElement {
        constructor() {
          super();
          this.attachShadow({ mode: 'closed' }).innerHTML = '<div style="height: 60px; background: teal; color: white">closed content</div>';
        }
      });`,
    drive: [
      { run: `document.body.append(Object.assign(document.createElement('p'), { textContent: 'later' }))` },
      { run: `worded.textContent = 'other words'; worded.after(document.createElement('zoo-closed'))` },
      { run: `worded.nextSibling.textContent = 'words of one that came later'` },
    ],
    withinMs: 3_000,
    placeholders: {
      'zoo-closed': 'The browser gives the content of a closed shadow root to nobody but its maker.',
    },
  },
  {
    name: 'shadow-adopted',
    shows: 'constructed sheets shared by roots, replaced and changed late',
    isShort: true,
    body: '<div id="a"></div><div id="b"></div><p class="plain">in the document</p>',
    script: `
      window.shared = new CSSStyleSheet();
      shared.replaceSync('.box { padding: 8px; background: rgb(200, 230, 255) } .plain { letter-spacing: 1px }');
      for (const id of ['a', 'b']) {
        const root = document.getElementById(id).attachShadow({ mode: 'open' });
        root.innerHTML = '<div class="box">box ' + id + '</div>';
        root.adoptedStyleSheets = [shared];
      }`,
    drive: [
      { run: `document.adoptedStyleSheets = [...document.adoptedStyleSheets, shared]` },
      { run: `shared.insertRule('.box { border: 3px solid rgb(20, 120, 40) }', 1)` },
      { run: `shared.cssRules[0].style.setProperty('background', 'rgb(255, 220, 200)')` },
      { run: `shared.deleteRule(2); shared.insertRule('.plain { color: rgb(90, 0, 90); font-size: 21px }')` },
      {
        run: `
          const own = new CSSStyleSheet();
          await own.replace('.box { font-weight: 700; width: 200px }');
          document.getElementById('b').shadowRoot.adoptedStyleSheets.push(own);`,
      },
      { run: `document.getElementById('a').shadowRoot.adoptedStyleSheets = []` },
    ],
    withinMs: 3_000,
  },
  {
    name: 'shadow-focus',
    shows: 'fields and a scroller inside of a root, which delegates its focus',
    body: '<zoo-field id="field"></zoo-field>',
    script: `
      customElements.define('zoo-field', class extends HTMLElement {
        constructor() {
          super();
          this.attachShadow({ mode: 'open', delegatesFocus: true }).innerHTML = '<label>Name <input id="inner"></label><label><input type="checkbox" id="check"> agreed</label><div id="scroll" style="height: 60px; overflow: auto"><div style="height: 400px; background: linear-gradient(red, blue)">tall</div></div>';
        }
      });`,
    drive: [
      { type: ['#inner', 'inside of a root'] },
      { click: '#check' },
      { run: `document.getElementById('field').shadowRoot.getElementById('scroll').scrollTop = 130` },
    ],
    withinMs: 3_000,
  },
];
