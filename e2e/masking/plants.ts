/** Secrets wherever a page can hold them, each with a word of its own, so that it is known where one got out. */

/** `$` stands for the secret. */
export interface Plant {
  readonly name: string;
  readonly html: string;
  /** Shown where the site shows text. */
  readonly text?: true;
  /** Holds digits only, as its kind of field asks for. */
  readonly digits?: number;
  /** Holds letters only. */
  readonly letters?: true;
}

const inputTypes = [
  'text',
  'search',
  'email',
  'password',
  'hidden',
  'submit',
  'reset',
  'button',
  'checkbox',
  'radio',
];

const plants: readonly Plant[] = [
  { name: 'text in a paragraph', html: '<p>$</p>', text: true },
  { name: 'text in a heading', html: '<h2>$</h2>', text: true },
  { name: 'text in a cell', html: '<table><tr><td>$</td></tr></table>', text: true },
  { name: 'text in a link', html: '<a href="#x">$</a>', text: true },
  { name: 'text in a button', html: '<button type="button">$</button>', text: true },
  { name: 'text in a label', html: '<label>$</label>', text: true },
  { name: 'text in a closed details', html: '<details><summary>s</summary>$</details>', text: true },
  { name: 'text in pre', html: '<pre>line\n$</pre>', text: true },
  { name: 'text in SVG', html: '<svg width="9" height="9"><text>$</text></svg>', text: true },
  {
    name: 'text in a foreign object',
    html: '<svg><foreignObject><p>$</p></foreignObject></svg>',
    text: true,
  },
  { name: 'text in an undefined element', html: '<my-thing>$</my-thing>', text: true },
  { name: 'hidden text', html: '<p hidden>$</p>', text: true },
  { name: 'text in a dialog', html: '<dialog open>$</dialog>', text: true },
  { name: 'text marked mask', html: '<p data-alongside="mask">$</p>' },
  { name: 'text in a marked parent', html: '<div data-alongside="mask"><section><p>$</p></section></div>' },
  { name: 'text with an unknown mark', html: '<p data-alongside="hide">$</p>' },
  { name: 'text by a mask selector', html: '<p class="private">$</p>' },
  {
    name: 'allowed text in a mask selector',
    html: '<div class="private"><p data-alongside="allow">$</p></div>',
  },
  { name: 'text marked block', html: '<div data-alongside="block"><p>$</p></div>' },
  { name: 'allowed text in a block', html: '<div class="boxed"><p data-alongside="allow">$</p></div>' },
  { name: 'attributes of a block', html: '<div data-alongside="block" title="$">x</div>' },
  { name: 'editable text', html: '<div contenteditable>$</div>' },
  { name: 'editable text inside', html: '<div contenteditable="true"><p><b>$</b></p></div>' },
  { name: 'text of a textbox role', html: '<div role="textbox">$</div>' },
  { name: 'a card number in text', html: '<p>$</p>', digits: 16 },
  ...inputTypes.map((type) => ({ name: `value of ${type}`, html: `<input type="${type}" value="$">` })),
  ...['checkbox', 'radio'].map((type) => ({
    name: `checked ${type}`,
    html: `<input type="${type}" value="$" checked>`,
  })),
  { name: 'value of url', html: '<input type="url" value="https://x.example/$">' },
  { name: 'value of number', html: '<input type="number" value="$">', digits: 12 },
  { name: 'value of tel', html: '<input type="tel" value="$">', digits: 12 },
  { name: 'value of range', html: '<input type="range" min="0" max="999999999999" value="$">', digits: 12 },
  { name: 'maximum of a range', html: '<input type="range" max="$">', digits: 12 },
  { name: 'value without a type', html: '<input value="$">' },
  { name: 'value of an unknown type', html: '<input type="$" value="$">' },
  { name: 'value of an image button', html: '<input type="image" alt="$" value="$">' },
  { name: 'a one-time code', html: '<input autocomplete="one-time-code" value="$" data-alongside="allow">' },
  { name: 'a card field', html: '<input autocomplete="cc-number" value="$" data-alongside="allow">' },
  { name: 'a card field by name', html: '<input name="cardNumber" value="$" data-alongside="allow">' },
  { name: 'an allowed password', html: '<input type="password" value="$" data-alongside="allow">' },
  { name: 'an allowed hidden field', html: '<input type="hidden" value="$" data-alongside="allow">' },
  { name: 'a security code', html: '<input id="cvv" value="$" data-alongside="allow">' },
  { name: 'placeholder', html: '<input placeholder="$">' },
  { name: 'pattern', html: '<input pattern="$">' },
  { name: 'name of a field', html: '<input name="$">' },
  { name: 'list of a field', html: '<input list="$">' },
  { name: 'form of a field', html: '<input form="$">' },
  { name: 'textarea', html: '<textarea>$</textarea>' },
  { name: 'text of an option', html: '<select><option>$</option></select>' },
  { name: 'value of an option', html: '<select><option value="$">x</option></select>' },
  { name: 'label of an option', html: '<select><option label="$">x</option></select>' },
  {
    name: 'the chosen option',
    html: '<select><option>x</option><option value="$" selected>y</option></select>',
  },
  { name: 'label of a group', html: '<select><optgroup label="$"><option>x</option></optgroup></select>' },
  { name: 'value in a datalist', html: '<datalist><option value="$"></datalist>' },
  { name: 'text in a datalist', html: '<datalist><option>$</option></datalist>' },
  { name: 'output', html: '<output>$</output>' },
  { name: 'value of a button', html: '<button type="button" value="$">x</button>' },
  { name: 'action of a form', html: '<form action="/do?t=$"></form>' },
  { name: 'formaction', html: '<button type="button" formaction="/do?t=$">x</button>' },
  { name: 'title', html: '<p title="$">x</p>' },
  { name: 'alt', html: '<img alt="$">' },
  { name: 'aria-label', html: '<p aria-label="$">x</p>' },
  { name: 'aria-description', html: '<p aria-description="$">x</p>' },
  { name: 'aria-valuetext', html: '<p aria-valuetext="$">x</p>' },
  { name: 'aria-labelledby', html: '<p aria-labelledby="$">x</p>' },
  { name: 'a role of no list', html: '<p role="$">x</p>' },
  { name: 'data attribute', html: '<p data-user="$">x</p>' },
  { name: 'name of a data attribute', html: '<p data-$="x">x</p>' },
  { name: 'id', html: '<p id="$">x</p>' },
  { name: 'class', html: '<p class="$">x</p>' },
  { name: 'class with a public one', html: '<p class="card user-$">x</p>' },
  { name: 'for', html: '<label for="$">x</label>' },
  { name: 'custom attribute', html: '<p account="$">x</p>' },
  { name: 'attribute of a custom element', html: '<my-card owner="$">x</my-card>' },
  { name: 'name of an element', html: '<x-$>x</x-$>' },
  { name: 'lang', html: '<p lang="en-$">x</p>' },
  { name: 'slot', html: '<p slot="$">x</p>' },
  { name: 'name of a slot', html: '<slot name="$"></slot>' },
  { name: 'href with a path', html: '<a href="/orders/$">x</a>' },
  { name: 'href with a query', html: '<a href="/orders?token=$">x</a>' },
  { name: 'href with a fragment', html: '<a href="#$">x</a>' },
  { name: 'mail address', html: '<a href="mailto:$@x.example">x</a>' },
  { name: 'script address', html: '<a href="javascript:void(\'$\')">x</a>' },
  { name: 'ping', html: '<a ping="/p?$" href="#">x</a>' },
  { name: 'download', html: '<a download="$" href="#">x</a>' },
  { name: 'src of an image', html: '<img src="/pixel.png?t=$">' },
  { name: 'srcset', html: '<img srcset="/pixel.png?t=$ 1x">' },
  { name: 'lazy src', html: '<img data-src="/pixel.png?t=$">' },
  { name: 'source of a picture', html: '<picture><source srcset="/pixel.png?t=$"><img></picture>' },
  {
    name: 'data address',
    html: '<img src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22><text>$</text></svg>">',
  },
  { name: 'poster', html: '<video poster="/pixel.png?t=$"></video>' },
  { name: 'src of a video', html: '<video src="/none.mp4?t=$"></video>' },
  { name: 'src of an audio', html: '<audio src="/none.mp3?t=$"></audio>' },
  { name: 'track', html: '<video><track src="/none.vtt?t=$" label="$"></video>' },
  { name: 'object', html: '<object data="/none?t=$" type="text/html">$</object>' },
  { name: 'embed', html: '<embed src="/none?t=$">' },
  { name: 'src of a frame', html: '<iframe src="/frame?t=$"></iframe>' },
  { name: 'name of a frame', html: '<iframe name="$"></iframe>' },
  { name: 'text in srcdoc', html: '<iframe srcdoc="<p>$</p>"></iframe>', text: true },
  { name: 'input in srcdoc', html: '<iframe srcdoc="<input value=$>"></iframe>' },
  { name: 'title in srcdoc', html: '<iframe srcdoc="<title>$</title>"></iframe>' },
  { name: 'style in srcdoc', html: '<iframe srcdoc="<style>p::after{content:\'$\'}</style>"></iframe>' },
  { name: 'background attribute', html: '<table background="/pixel.png?t=$"><tr><td>x</td></tr></table>' },
  { name: 'SVG image', html: '<svg><image href="/pixel.png?t=$"/></svg>' },
  { name: 'SVG use', html: '<svg><use href="/none.svg?t=$#a"/></svg>' },
  { name: 'SVG title', html: '<svg><title>$</title></svg>' },
  { name: 'SVG desc', html: '<svg><desc>$</desc></svg>' },
  { name: 'SVG metadata', html: '<svg><metadata>$</metadata></svg>' },
  { name: 'SVG id', html: '<svg><g id="$"></g></svg>' },
  { name: 'SVG path data', html: '<svg><path d="$"/></svg>' },
  { name: 'SVG coordinates', html: '<svg><path d="M0 $L1 1"/></svg>', digits: 12 },
  { name: 'name of a custom property', html: '<p style="--$:1px">x</p>' },
  { name: 'SVG fill', html: '<svg><rect fill="url(/none.svg?t=$#a)"/></svg>' },
  { name: 'style with an address', html: '<p style="background:url(/pixel.png?t=$)">x</p>' },
  { name: 'style with a custom property', html: '<p style="--who:$">x</p>' },
  { name: 'style with a string', html: '<p style="--who:\'$\'">x</p>' },
  { name: 'style with a name', html: '<p style="animation-name:$">x</p>' },
  { name: 'style with a font', html: '<p style="font-family:$">x</p>' },
  { name: 'content in a style element', html: '<style>.a::after{content:"$"}</style>' },
  { name: 'custom property in a style element', html: '<style>:root{--who:"$"}</style>' },
  { name: 'custom name in a style element', html: '<style>:root{--who:$}</style>' },
  { name: 'import in a style element', html: '<style>@import url("/none.css?t=$");</style>' },
  { name: 'address in a style element', html: '<style>.a{background:url(/pixel.png?t=$)}</style>' },
  {
    name: 'font in a style element',
    html: '<style>@font-face{font-family:F;src:url(/none.woff2?t=$)}</style>',
  },
  { name: 'comment in a style element', html: '<style>/* $ */ .a{color:red}</style>' },
  { name: 'style element that does not apply', html: '<style media="print">.a::after{content:"$"}</style>' },
  { name: 'media of a style element', html: '<style media="$">.a{color:red}</style>' },
  { name: 'script', html: '<script>window.x="$"</script>' },
  { name: 'data in a script', html: '<script type="application/json">{"a":"$"}</script>' },
  { name: 'noscript', html: '<noscript>$</noscript>' },
  { name: 'template', html: '<template><p>$</p></template>' },
  { name: 'comment', html: '<!-- $ -->' },
  { name: 'meta description', html: '<meta name="description" content="$">' },
  { name: 'csrf token', html: '<meta name="csrf-token" content="$">' },
  { name: 'meta of no list', html: '<meta name="user" content="$">' },
  { name: 'address of a link element', html: '<link rel="canonical" href="/me?t=$">' },
  { name: 'address of an icon', html: '<link rel="icon" href="/pixel.png?t=$">' },
  { name: 'address of a preload', html: '<link rel="prefetch" href="/none?t=$">' },
  { name: 'progress', html: '<progress value="$" max="999999999999"></progress>', digits: 12 },
  { name: 'meter', html: '<meter value="$" max="999999999999"></meter>', digits: 12 },
  { name: 'number of a list item', html: '<ol><li value="$">x</li></ol>', digits: 9 },
  { name: 'time', html: '<time datetime="$">x</time>' },
  { name: 'cite', html: '<blockquote cite="/me?t=$">x</blockquote>' },
  { name: 'form inside', html: '<form><input name="parentNode" value="$"><input name="attributes"></form>' },
  { name: 'map', html: '<map name="$"><area href="/me?t=$" alt="$"></map>' },
  {
    name: 'colour of a cell',
    html: '<table><tr><td bgcolor="$"><font color="$">x</font></td></tr></table>',
    letters: true,
  },
  {
    name: 'areas of a grid',
    html: "<p style=\"display:grid;grid-template-areas:'$ $';grid:'$' 9px\">x</p>",
  },
  { name: 'lines of a grid', html: '<p style="display:grid;grid-template-columns:[$] 9px">x</p>' },
  { name: 'number in a custom property', html: '<p style="--known:$">x</p>', digits: 9 },
  { name: 'number that is counted', html: '<p style="counter-reset:shown $">x</p>', digits: 9 },
  { name: 'number that is counted in a sheet', html: '<style>p{counter-set:shown $}</style>', digits: 9 },
  { name: 'name for an anchor', html: '<p style="anchor-name:--$;view-transition-name:$">x</p>' },
  { name: 'mark of a list', html: '<style>li{list-style-type:"$"} li::marker{content:"$"}</style>' },
  { name: 'symbols of a counter', html: '<style>@counter-style known{system:cyclic;symbols:"$"}</style>' },
  { name: 'quotes and features', html: '<style>q{quotes:"$" "$";font-feature-settings:"$"}</style>' },
  { name: 'words for a drawn picture', html: '<style>.a::after{content:url(/pixel.png)/"$"}</style>' },
  { name: 'title of a sheet', html: '<style title="$">.a{color:red}</style>' },
  { name: 'name of a group of details', html: '<details name="$"><summary>s</summary></details>' },
  { name: 'target of a popover', html: '<button type="button" popovertarget="$">x</button>' },
  { name: 'parts of a component', html: '<p part="$" exportparts="$" is="$">x</p>' },
  { name: 'micro data', html: '<p itemprop="$" itemid="$" content="$" itemref="$">x</p>' },
  { name: 'value of data', html: '<data value="$">x</data>' },
  { name: 'values of an animation', html: '<svg><animate attributeName="$" values="$;$"/></svg>' },
  { name: 'mask by another name', html: '<p data-alongside="masked $">$</p>' },
  { name: 'legend of a fieldset', html: '<fieldset name="$"><legend>x</legend></fieldset>' },
];

const alphabet = 'abcdefghijklmnopqrstuvwxyz';
let made = 0;

/** A word that is found nowhere else; digits where a field takes nothing else. */
function makeSecret(plant: Plant): string {
  made += 1;
  if (plant.digits === 16)
    return ['4111111111111111', '4012888888881881', '5500005555555559'][made % 3] ?? '';
  if (plant.digits !== undefined) return String(731_000_000_000 + made * 7919).slice(0, plant.digits);
  const letters = Array.from({ length: 12 }, (_, index) => alphabet[(made * (index + 3) * 7 + index) % 26]);
  const number = [...String(made)].map((digit) => alphabet[Number(digit)]).join('');
  return `zq${plant.letters ? number : made}x${letters.join('')}`;
}

export interface Planted {
  readonly name: string;
  readonly secret: string;
  readonly html: string;
  readonly text: boolean;
}

function plantAll(phase: string): readonly Planted[] {
  return plants.map((plant) => {
    const secret = makeSecret(plant);
    return {
      name: `${phase}: ${plant.name}`,
      secret,
      html: plant.html.replaceAll('$', secret),
      text: plant.text === true,
    };
  });
}

/** A secret of something that only a script can do to a page. */
function planted(name: string, text = false): Planted {
  const secret = makeSecret({ name, html: '' });
  return { name: `script: ${name}`, secret, html: '', text };
}

export const first = plantAll('at first');
export const later = plantAll('later');
export const scripted = {
  shadowText: planted('text in a shadow root', true),
  shadowInput: planted('input in a shadow root'),
  shadowStyle: planted('style in a shadow root'),
  adopted: planted('adopted style sheet'),
  adoptedLater: planted('rule of an adopted style sheet'),
  inserted: planted('inserted rule'),
  declared: planted('declaration set by script'),
  replaced: planted('replaced style sheet'),
  title: planted('title of the page'),
  titleLater: planted('changed title'),
  query: planted('query of the address'),
  routed: planted('address of another route'),
  typed: planted('typed text'),
  typedArea: planted('typed text in an area'),
  typedEditable: planted('typed text in an editable element'),
  valueSet: planted('value set by script'),
  textSet: planted('changed text', true),
  textData: planted('changed text node', true),
  attributeSet: planted('changed attribute'),
  classSet: planted('changed class'),
  idSet: planted('changed id'),
  styleSet: planted('changed style'),
  hrefSet: planted('changed address'),
  passwordShown: planted('password made visible'),
  fontFace: planted('font made by script'),
  custom: planted('defined element'),
  canvas: planted('drawn on a canvas'),
  host: planted('text of our own panel'),
  hostDraft: planted('draft in our own panel'),
  hostLater: planted('later text of our own panel'),
  frameLater: planted('later text in a frame', true),
  frameInput: planted('typed text in a frame'),
  optionLater: planted('option added later'),
  console: planted('a line in the console'),
  moved: planted('text moved out of a block', true),
  state: planted('state of the history'),
  validity: planted('message of a check'),
  highlight: planted('name of a highlight'),
  described: planted('description set as a property'),
  keyframe: planted('name of an animation'),
};
export type Scripted = { readonly [K in keyof typeof scripted]: string };
export const scriptedSecrets = Object.fromEntries(
  Object.entries(scripted).map(([key, { secret }]) => [key, secret]),
) as Scripted;
export const everything: readonly Planted[] = [...first, ...later, ...Object.values(scripted)];
