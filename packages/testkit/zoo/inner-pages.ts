/** Pages of the far origin that carry Alongside themselves: framed in pages of the zoo. */

const words = (count: number): string =>
  Array.from({ length: count }, (_, index) => `<li>line ${index}</li>`).join('');

/**
 * Does what the page around asks for, since that cannot reach into it: `{frame}`, `{loader}`, `{site}` and `{zoo}` are
 * filled in by whoever serves it.
 */
const joined = `<!doctype html><html data-alongside="allow"><meta charset="utf-8">
<style>p { color: rgb(0, 90, 200) } li { border-bottom: 1px solid rgb(200, 80, 0) } body { margin: 6px }</style>
<p id="first">in a frame of another origin</p>
<p data-alongside="mask">for nobody else</p>
<img src="/image/small.png" width="40" height="40" alt="">
<input id="field"> <input id="box" type="checkbox"> <input type="password" value="kept">
<div id="host"></div>
<ul id="list">${words(4)}</ul>
<script>
  host.attachShadow({ mode: 'open' }).innerHTML = '<style>b { color: rgb(22, 101, 52) }</style><b>in a shadow root</b>';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('#list { background: rgb(254, 243, 199) }');
  document.adoptedStyleSheets = [sheet];
  const acts = {
    grow() { for (let index = 0; index < 12; index += 1) list.append(Object.assign(document.createElement('li'), { textContent: 'later ' + index })); first.textContent = 'changed'; sheet.insertRule('li { padding-left: 7px }'); },
    fill() { field.value = 'typed'; field.dispatchEvent(new Event('input', { bubbles: true })); box.click(); host.shadowRoot.querySelector('b').append(', changed'); },
    scroll() { scrollTo(0, 90); },
  };
  addEventListener('message', ({ data }) => acts[data]?.());
</script>
<script async src="{frame}" data-alongside-site="{site}" data-alongside-parents="{zoo}"></script></html>`;

/** Carries the script of a page of its own, which joins nothing. */
const withSdk = `<!doctype html><html data-alongside="allow"><meta charset="utf-8"><p>a page of its own</p>
<script async src="{loader}" data-alongside-site="{site}"></script></html>`;

/** Lets itself be shown by somebody else only. */
const withoutLeave = `<!doctype html><html data-alongside="allow"><meta charset="utf-8"><p>shown by others only</p>
<script async src="{frame}" data-alongside-site="{site}" data-alongside-parents="https://others.example"></script></html>`;

const used =
  '<!doctype html><html data-alongside="allow"><meta charset="utf-8"><style>input { width: 200px }</style>';

/** Lets agents only point and draw, and has the script long after it was loaded, when it is told to begin. */
const late = `${used}<p>a page that begins late</p><label>Name <input id="name"></label>
<script>
  window.invited = { count: 0, at: 0 };
  addEventListener('message', ({ data }) => {
    if (data?.['alongside:frame:open'] !== undefined) invited = { count: invited.count + 1, at: performance.now() };
  });
  window.begin = () => {
    const script = document.createElement('script');
    Object.assign(script.dataset, { alongsideSite: '{site}', alongsideParents: '{zoo}' });
    script.src = '{frame}';
    document.body.append(script);
  };
</script></html>`;

/** Lets agents act in it. */
const acting = `${used}<p>a form of another origin</p>
<label>Name <input id="name"></label> <label>Password <input type="password"></label><ul>${words(20)}</ul>
<script async src="{frame}" data-alongside-site="{site}" data-alongside-parents="{zoo}" data-alongside-acting="allow"></script></html>`;

export const innerPages: ReadonlyMap<string, string> = new Map([
  ['/inner/joined.html', joined],
  ['/inner/with-sdk.html', withSdk],
  ['/inner/without-leave.html', withoutLeave],
  ['/inner/late.html', late],
  ['/inner/acting.html', acting],
]);
