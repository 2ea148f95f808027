/** The elements of a hostile page: every way we know in which a tree makes a browser ask, run or go somewhere. */

/** What each way asks for or runs: told apart by its name. */
export interface Bait {
  /** An address that is listened at. */
  readonly at: (way: string) => string;
  /** A script that says that it ran. */
  readonly run: (way: string) => string;
}

export interface HostileElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | boolean>>;
  readonly children: readonly (HostileElement | string)[];
  readonly isSvg: boolean;
  readonly shadow: boolean;
}

type Attributes = HostileElement['attributes'];
type Children = HostileElement['children'];

export const html = (tag: string, attributes: Attributes = {}, children: Children = []): HostileElement => ({
  tag,
  attributes,
  children,
  isSvg: false,
  shadow: false,
});
const svg = (tag: string, attributes: Attributes = {}, children: Children = []): HostileElement => ({
  ...html(tag, attributes, children),
  isSvg: true,
});
export const styled = (css: string): HostileElement => html('style', { _cssText: css });

export function hostileElements(bait: Bait): readonly HostileElement[] {
  return [
    ...scripts(bait),
    ...frames(bait),
    ...media(bait),
    ...styles(bait),
    ...drawings(bait),
    ...ways(bait),
    ...redress(),
  ];
}

function scripts({ at, run }: Bait): HostileElement[] {
  return [
    html('script', {}, [run('script')]),
    html('script', { src: at('script-src') }),
    html('script', { type: 'module', src: at('module') }),
    html('img', { src: 'data:image/png;base64,x', onerror: run('img-onerror') }),
    html('details', { open: '', ontoggle: run('details-ontoggle') }, ['x']),
    html('input', { autofocus: '', onfocus: run('input-onfocus') }),
    html('marquee', { onstart: run('marquee-onstart') }, ['x']),
    html('video', { src: 'data:video/mp4;base64,x', onerror: run('video-onerror') }),
    html('a', { href: `javascript:${run('a-javascript')}`, id: 'stage', name: 'parent' }, ['press']),
    html('button', { onclick: run('button-onclick'), name: 'document' }, ['press']),
    html('x-unknown', { is: 'x-other', onpointerdown: run('custom'), onclick: run('custom-onclick') }),
    html('noscript', {}, [html('img', { src: at('noscript') })]),
    html('template', { shadowrootmode: 'open' }, [html('img', { src: at('template') })]),
  ];
}

function frames({ at, run }: Bait): HostileElement[] {
  return [
    html('iframe', { src: at('iframe-src') }),
    html('iframe', { rr_src: at('iframe-rr-src') }),
    html('iframe', { src: `javascript:${run('iframe-javascript')}` }),
    html('iframe', { src: `data:text/html,<img src="${at('iframe-data')}">` }),
    html('iframe', {
      srcdoc: `<img src="${at('iframe-srcdoc')}"><script>${run('iframe-srcdoc')}</script>`,
      sandbox: 'allow-scripts allow-same-origin',
    }),
    html('frameset', {}, [html('frame', { src: at('frame') })]),
    html('object', { data: at('object') }),
    html('embed', { src: at('embed') }),
    html('applet', { code: at('applet') }),
    html('portal', { src: at('portal') }),
    html('fencedframe', { src: at('fencedframe') }),
    html('meta', { 'http-equiv': 'refresh', content: `0;url=${at('meta-refresh')}` }),
    html('meta', { 'http-equiv': 'refresh', content: `0;url=javascript:${run('meta-refresh')}` }),
  ];
}

function media({ at }: Bait): HostileElement[] {
  const rels = [
    'stylesheet',
    'preload',
    'prefetch',
    'modulepreload',
    'icon',
    'manifest',
    'preconnect',
  ] as const;
  return [
    html('img', { src: at('img-src') }),
    html('img', { srcset: `${at('img-srcset')} 1x` }),
    html('img', { rr_dataURL: at('img-rr-data') }),
    html('img', { src: at('img-lazy'), loading: 'eager', crossorigin: 'anonymous' }),
    html('picture', {}, [html('source', { srcset: at('source-srcset') }), html('img')]),
    html('video', { src: at('video-src') }),
    html('video', { poster: at('video-poster') }),
    html('video', { autoplay: '', controls: '' }, [html('source', { src: at('video-source') })]),
    html('video', {}, [html('track', { src: at('track'), default: '', kind: 'subtitles' })]),
    html('audio', { src: at('audio-src') }),
    html('input', { type: 'image', src: at('input-image') }),
    html('table', { background: at('table-background') }, [html('tbody')]),
    html('canvas', { rr_dataURL: at('canvas-rr-data') }),
    ...rels.map((rel) => html('link', { rel, href: at(`link-${rel}`), as: 'image' })),
    html('link', { rel: 'dns-prefetch', href: at('link-dns-prefetch') }),
    html('link', { rel: 'preload', as: 'image', imagesrcset: at('link-imagesrcset') }),
  ];
}

function styles({ at }: Bait): HostileElement[] {
  const styleOf = (property: string, way: string) =>
    html('div', { style: `${property}: url("${at(way)}"); width: 9px; height: 9px` }, ['x']);
  return [
    styled(`@import url("${at('css-import')}");`),
    styled(`@import "${at('css-import-string')}";`),
    styled(
      `@font-face { font-family: hostile; src: url("${at('css-font')}") } body { font-family: hostile }`,
    ),
    styled(`body { background: url(${at('css-url')}) }`),
    styled(`html { background: u\\72l("${at('css-escaped')}") }`),
    styled(`main { background: image-set("${at('css-image-set')}" 1x) }`),
    styled(`i::before { content: url("${at('css-content')}") }`),
    styled(`input[value^="s"] { background: url("${at('css-attribute')}") }`),
    styled(`@media all { @supports (color: red) { b { background: url("${at('css-nested')}") } } }`),
    styled(`:root { --hostile: url("${at('css-variable')}") } u { background: var(--hostile) }`),
    // What only a reader of text, and not of style, takes for harmless.
    styled(`@media all { s { background: url("${at('css-escaped-quote')}\\"") } }`),
    styled(`mark { background: image-set(/*"*/"${at('css-comment')}"/*"*/ 1x) }`),
    styled(`cite { background: uRl(${at('css-open')}`),
    // In pieces, of which none is an address.
    html('style', {}, ['kbd { background: u', `rl(${at('css-pieces')}) }`]),
    styled(`samp { --hostile: "${at('css-variable-set')}" }`),
    styled('samp { background: image-set(var(--hostile) 1x) }'),
    html('link', { rel: 'stylesheet', _cssText: `em { background: url("${at('css-link')}") }` }),
    ...(['background', 'background-image', 'list-style-image', 'border-image-source', 'cursor'] as const).map(
      (property) => styleOf(property, `style-${property}`),
    ),
    ...(['mask-image', '-webkit-mask-image', '-webkit-mask-box-image', 'shape-outside'] as const).map(
      (property) => styleOf(property, `style-${property}`),
    ),
    ...(['main', 'i', 'b', 'u', 'em', 's', 'mark', 'cite', 'kbd', 'samp'] as const).map((tag) =>
      html(tag, {}, ['x']),
    ),
    html('input', { value: 'secret' }),
    html('ul', { style: `list-style: url("${at('style-list')}")` }, [html('li', {}, ['x'])]),
  ];
}

function drawings({ at, run }: Bait): HostileElement[] {
  const inner = [
    svg('image', { href: at('svg-image'), width: '9', height: '9' }),
    svg('image', { 'xlink:href': at('svg-image-xlink'), width: '9', height: '9' }),
    svg('use', { href: `${at('svg-use')}#x` }),
    svg('feImage', { href: at('svg-fe-image') }),
    svg('rect', { width: '9', height: '9', fill: `url(${at('svg-fill')}#x)` }),
    svg('rect', { width: '9', height: '9', fill: `UrL(${at('svg-fill-case')}#x)` }),
    svg('rect', { width: '9', height: '9', fill: `u\\72l(${at('svg-fill-escaped')}#x)` }),
    svg('svg:style', {}, [`rect { mask-image: url(${at('svg-prefixed-style')}) }`]),
    svg('svg:script', {}, [run('svg-prefixed-script')]),
    svg('svg:image', { href: at('svg-prefixed-image'), width: '9', height: '9' }),
    svg('rect', { width: '9', height: '9', filter: `url(${at('svg-filter')}#x)` }),
    svg('rect', { width: '9', height: '9', mask: `url(${at('svg-mask')}#x)` }),
    svg('script', {}, [run('svg-script')]),
    svg('animate', { attributeName: 'x', dur: '1s', onbegin: run('svg-onbegin') }),
    svg('set', { attributeName: 'href', to: at('svg-set') }),
    svg('foreignObject', {}, [html('img', { src: at('svg-foreign') })]),
    svg('a', { 'xlink:href': `javascript:${run('svg-a')}` }, ['press']),
  ];
  return [
    svg('svg', { width: '40', height: '40', onload: run('svg-onload') }, inner),
    html('math', {}, [html('mtext', {}, [html('img', { src: at('math'), onerror: run('math') })])]),
  ];
}

/** Where a press leads. */
function ways({ at, run }: Bait): HostileElement[] {
  return [
    html('base', { href: at('base/') }),
    html('form', { action: at('form-action'), target: '_top' }, [
      html('button', { type: 'submit' }, ['send']),
    ]),
    html('form', { action: `javascript:${run('form-javascript')}` }, [html('button', {}, ['send'])]),
    html('form', {}, [html('button', { type: 'submit', formaction: at('formaction') }, ['send'])]),
    html('a', { href: at('a-href'), target: '_top' }, ['press']),
    html('a', { href: at('a-blank'), target: '_blank', rel: 'opener' }, ['press']),
    html('a', { href: '#', ping: at('a-ping') }, ['press']),
    html('a', { href: at('a-download'), download: 'x' }, ['press']),
    html('area', { href: at('area-href') }),
    { ...html('x-host', {}, [html('img', { src: at('shadow-img') })]), shadow: true },
  ];
}

const COVER =
  'position: fixed; inset: 0; z-index: 2147483647; background: white; width: 400vw; height: 400vh';

/** C5.16: what looks like the console, over all that there is. */
function redress(): HostileElement[] {
  const signIn = (text: string) => [
    html('h1', {}, [text]),
    html('label', {}, ['Password', html('input', { type: 'password', autofocus: '', tabindex: '1' })]),
    html('button', { type: 'button', 'data-testid': 'player-state' }, ['Sign in again']),
  ];
  return [
    html('div', { style: COVER, role: 'alertdialog' }, signIn('Your session has ended')),
    html('dialog', { open: '', style: COVER }, signIn('The visitor has left')),
    html('div', { style: `${COVER}; top: -200vh; left: -200vw`, contenteditable: 'true', tabindex: '1' }, [
      'x',
    ]),
  ];
}
