/** The channels that the proof page holds from its start. */

import type { Channel } from './channel.js';

const allow = 'data-alongside="allow"';

type Planted = Omit<Channel, 'stage' | 'travels' | 'name'>;

function shown(name: string, planted: Planted): Channel {
  return { name, stage: 'page', travels: true, ...planted };
}

function kept(name: string, planted: Planted): Channel {
  return { name, stage: 'page', travels: false, ...planted };
}

/** What the browser itself keeps of the page for its own visitor. */
function own(name: string, planted: Planted): Channel {
  return { ...kept(name, planted), visitorsBrowserKeeps: true };
}

const texts: readonly Channel[] = [
  shown('text', { html: '<p>$</p>' }),
  shown('text of a heading', { html: '<h2>$</h2>' }),
  shown('text of a cell', { html: '<table><tr><td>$</td></tr></table>' }),
  shown('text of a link', { html: '<a href="#x">$</a>' }),
  shown('text of a button', { html: '<button type="button">$</button>' }),
  shown('text of a label', { html: '<label>$</label>' }),
  shown('hidden text', { html: '<p hidden>$</p>' }),
  shown('text of closed details', { html: '<details><summary>more</summary>$</details>' }),
  shown('text of SVG', { html: '<svg width="99" height="9"><text y="9">$</text></svg>' }),
  shown('selected text', {
    html: '<p id="selected">$</p>',
    script: 'getSelection().selectAllChildren(document.getElementById("selected"))',
  }),
  shown('text in an open shadow root', {
    html: '<div id="shadow-host"></div>',
    script: 'document.getElementById("shadow-host").attachShadow({ mode: "open" }).innerHTML = "<p>$</p>"',
  }),
  kept('text in a closed shadow root', {
    html: '<div><template shadowrootmode="closed"><p>$</p></template></div>',
  }),
  shown('text in a srcdoc frame', { html: '<iframe srcdoc="<p>$</p>"></iframe>' }),
  shown('text in a frame of the same origin', { html: '<iframe src="/frame"></iframe>' }),
  kept('text by a mask selector', { html: '<p class="masked">$</p>' }),
  kept('text marked mask', { html: '<div data-alongside="mask"><p>$</p></div>' }),
  kept('text by a block selector', { html: '<div class="blocked"><p>$</p></div>' }),
  kept('text marked block', { html: '<div data-alongside="block">$</div>' }),
  kept('comment', { html: '<!-- $ -->' }),
  kept('template', { html: '<template><p>$</p></template>' }),
  kept('text of a script', { html: '<script type="application/json">"$"</script>' }),
];

const inputTypes = ['text', 'email', 'tel', 'search', 'url'] as const;
const written = {
  text: '$',
  email: '$@mail.example',
  tel: '$',
  search: '$',
  url: 'https://x.example/$',
} as const;

/** Browsers keep what stands in fields for the tab that they may have to restore. */
const fields: readonly Channel[] = [
  // An address is masked for its look, wherever it stands.
  ...inputTypes.map((type) =>
    (type === 'email' ? kept : shown)(`allowed field of type ${type}`, {
      html: `<input type="${type}" ${allow} value="${written[type]}">`,
    }),
  ),
  ...inputTypes.map((type) =>
    kept(`masked field of type ${type}`, { html: `<input type="${type}" value="${written[type]}">` }),
  ),
  kept('masked field of type number', { html: '<input type="number" value="$">', digits: true }),
  kept('value of a checkbox', { html: '<input type="checkbox" value="$" checked>' }),
  kept('value of a radio button', { html: '<input type="radio" value="$" checked>' }),
  shown('allowed text area', { html: `<textarea ${allow}>$</textarea>` }),
  kept('masked text area', { html: '<textarea>$</textarea>' }),
  shown('text of an allowed option', { html: `<select ${allow}><option>$</option></select>` }),
  kept('text of a masked option', { html: '<select><option>$</option></select>' }),
  kept('value of a masked option', { html: '<select><option value="$">x</option></select>' }),
  kept('name of a file', { html: '<input type="file" id="file">' }),
].map((channel): Channel => ({ ...channel, visitorsBrowserKeeps: true }));

const secretFields: readonly Channel[] = [
  kept('allowed password', { html: `<input type="password" ${allow} value="$">` }),
  kept('allowed hidden field', { html: `<input type="hidden" ${allow} value="$">` }),
  kept('allowed one-time code', { html: `<input autocomplete="one-time-code" ${allow} value="$">` }),
  kept('allowed card field', { html: `<input autocomplete="cc-number" ${allow} value="$">` }),
  kept('editable text', { html: '<div contenteditable>$</div>' }),
];

const controls: readonly Channel[] = [
  ...(['submit', 'reset', 'button'] as const).map((type) =>
    kept(`label of a masked ${type} button`, { html: `<input type="${type}" value="$">` }),
  ),
  shown('label of an allowed button', { html: `<input type="button" ${allow} value="$">` }),
  kept('value of a button', { html: '<button type="button" value="$">x</button>' }),
  kept('option of a list of suggestions', { html: '<datalist><option value="$"></option></datalist>' }),
  kept('label of an option', { html: '<select><option label="$">x</option></select>' }),
  kept('label of a group of options', {
    html: '<select><optgroup label="$"><option>x</option></optgroup></select>',
  }),
  own('field in a srcdoc frame', { html: `<iframe srcdoc="<input value='$'>"></iframe>` }),
];

const attributes: readonly Channel[] = [
  shown('allowed title', { html: `<p ${allow} title="$">x</p>` }),
  shown('allowed alt', { html: `<img ${allow} alt="$">` }),
  shown('allowed placeholder', { html: `<input ${allow} placeholder="$">` }),
  shown('allowed aria-label', { html: `<p ${allow} aria-label="$">x</p>` }),
  shown('class that a sheet names', { html: '<p class="$">x</p>', css: '.$ { color: navy }' }),
  kept('title', { html: '<p title="$">x</p>' }),
  kept('alt', { html: '<img alt="$">' }),
  kept('placeholder', { html: '<input placeholder="$">' }),
  kept('aria-label', { html: '<p aria-label="$">x</p>' }),
  kept('data attribute', { html: '<p data-account="$">x</p>' }),
  kept('href', { html: '<a href="/account?number=$">x</a>' }),
  own('src', { html: '<img src="/missing?of=$">' }),
  own('poster', { html: '<video poster="/missing?of=$" width="9" height="9"></video>' }),
  kept('address that is data', { html: '<a href="data:text/plain,$">x</a>' }),
  kept('attribute of a custom element', { html: '<x-account number="$">x</x-account>' }),
  kept('action of a form', { html: '<form action="/do?token=$"></form>' }),
  kept('class', { html: '<p class="user-$">x</p>' }),
  kept('id', { html: '<p id="user-$">x</p>' }),
  own('name of a field', { html: '<input name="$">' }),
  kept('style with a made-up property', { html: '<p style="--account: $">x</p>' }),
  kept('content of a meta element', { html: '<meta name="csrf-token" content="$">' }),
];

const documents: readonly Channel[] = [
  own('path', {}),
  own('query', {}),
  own('fragment', {}),
  own('title of the document', { script: 'document.title = "$"' }),
  own('state of the history', { script: 'history.replaceState({ account: "$" }, "")' }),
  own('localStorage of the page', { script: 'localStorage.setItem("account", "$")' }),
  own('sessionStorage of the page', { script: 'sessionStorage.setItem("account", "$")' }),
  own('cookie of the page', { script: 'document.cookie = "account=$; path=/; max-age=3600"' }),
  kept('console of the page', { script: 'console.log("$")' }),
  kept('error of the page', { script: 'setTimeout(() => { throw new Error("$") })' }),
  kept('rejection of the page', { script: 'Promise.reject(new Error("$"))' }),
  kept('event of the page', { script: 'dispatchEvent(new CustomEvent("account", { detail: "$" }))' }),
  kept('mark of the page', { script: 'performance.mark("$")' }),
];

const sheets: readonly Channel[] = [
  kept('content of a rule', { css: '#act::before { content: "$" }' }),
  kept('comment of a style sheet', { css: '/* $ */' }),
  kept('custom property of a rule', { css: ':root { --account: "$" }' }),
  shown('body of a font', { css: '@font-face { font-family: proof; src: url("/font") format("woff2") }' }),
  kept('content of an adopted sheet', {
    script:
      'const sheet = new CSSStyleSheet(); sheet.replaceSync("#act::after { content: \'$\' }");' +
      'document.adoptedStyleSheets.push(sheet)',
  }),
  kept('content of an inserted rule', {
    html: '<style id="inserted"></style>',
    script: 'document.getElementById("inserted").sheet.insertRule("#act::marker { content: \'$\' }")',
  }),
];

const pictures: readonly Channel[] = [
  kept('text of a canvas', {
    html: '<canvas id="canvas" width="300" height="20"></canvas>',
    script: 'document.getElementById("canvas").getContext("2d").fillText("$", 0, 12)',
  }),
  shown('body of a picture behind a cookie', { html: '<img id="picture" src="/picture">' }),
];

export const pageChannels: readonly Channel[] = [
  ...texts,
  ...fields,
  ...secretFields,
  ...controls,
  ...attributes,
  ...documents,
  ...sheets,
  ...pictures,
];
