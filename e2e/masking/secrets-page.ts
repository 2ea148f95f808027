/** A page with every secret in it, and every way in which something new comes into a page. */

import type { Page } from '@playwright/test';
import type { Planted } from './plants.js';
import { first, later, scripted, scriptedSecrets } from './plants.js';
import type { TestWindow } from './recorded-page.js';

export type PanelWindow = TestWindow & { readonly panel: ShadowRoot };

export const secretsPage = `<!doctype html><html><head>
  <title>${scripted.title.secret}</title>
  <style id="sheet">.card { color: red } .private { color: blue } .boxed { color: green }
  :root { --known: 1px; counter-reset: shown } hr::after { content: counter(shown) }
  [data-state="state-is-on"], [aria-checked="true"], [checked] { color: red }</style>
  </head><body>
  <div id="first">${first.map(({ html }) => html).join('\n')}</div>
  <div id="later"></div>
  <div role="checkbox" aria-checked="true" data-state="state-is-on"></div>
  <input id="typed"><textarea id="typed-area"></textarea><div id="typed-editable" contenteditable></div>
  <input id="set"><p id="text">x</p><p id="attributed" class="card">x</p>
  <input id="secret" type="password" value="${scripted.passwordShown.secret}">
  <select id="choice"><option>one</option></select>
  <iframe id="inner" srcdoc="<p id='p'>x</p><input id='i'>"></iframe>
  <div id="shadow"></div><canvas id="canvas" width="200" height="20"></canvas>
  <div id="block" data-alongside="block"><p id="moved">${scripted.moved.secret}</p></div>
  <div id="positive" data-alongside="allow"><p>allowed words</p><input value="allowed value">
    <select><option>allowed option</option></select></div>
  <script src="/recording.js"></script></body></html>`;

/** Opens the page with our panel in it, before anything is recorded. */
export async function open(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/?token=${scripted.query.secret}`);
  await page.evaluate((secrets) => {
    const host = document.createElement('div');
    // Open, as a test's init script would make it: identity alone has to keep it out.
    const panel = host.attachShadow({ mode: 'open' });
    panel.innerHTML = `<p>${secrets.host}</p><textarea>${secrets.hostDraft}</textarea>`;
    document.body.append(host);
    Object.assign(window, { panel });
    const shadow = document.getElementById('shadow')?.attachShadow({ mode: 'open' });
    if (shadow === undefined) throw new Error('no shadow host');
    shadow.innerHTML = `<style>p::after{content:"${secrets.shadowStyle}"}</style><p>${secrets.shadowText}</p>
      <input value="${secrets.shadowInput}">`;
    const adopted = new CSSStyleSheet();
    adopted.replaceSync(`.x::after{content:"${secrets.adopted}"}`);
    document.adoptedStyleSheets = [adopted];
    const context = (document.getElementById('canvas') as HTMLCanvasElement).getContext('2d');
    context?.fillText(secrets.canvas, 0, 10);
  }, scriptedSecrets);
  await page.waitForFunction(
    () =>
      (document.getElementById('inner') as HTMLIFrameElement).contentDocument?.getElementById('i') !== null,
  );
}

/** Changes the page in every way that brings something new into it. */
export async function change(page: Page): Promise<void> {
  await page.evaluate(
    ({ html, secrets }) => {
      const byId = (id: string) => {
        const element = document.getElementById(id);
        if (element === null) throw new Error(`no #${id}`);
        return element;
      };
      byId('later').innerHTML = html;
      const sheet = (byId('sheet') as HTMLStyleElement).sheet;
      sheet?.insertRule(`.y::after{content:"${secrets.inserted}"}`, 0);
      const declared = sheet?.cssRules[1];
      if (declared instanceof CSSStyleRule) declared.style.setProperty('--who', `"${secrets.declared}"`);
      document.adoptedStyleSheets[0]?.insertRule(`.z::before{content:"${secrets.adoptedLater}"}`);
      document.adoptedStyleSheets[0]?.replaceSync(`.z::before{content:"${secrets.replaced}"}`);
      document.title = secrets.titleLater;
      history.pushState({ secret: secrets.state }, '', `/route/${secrets.routed}`);
      (byId('set') as HTMLInputElement).setCustomValidity(secrets.validity);
      CSS.highlights.set(secrets.highlight, new Highlight());
      byId('text').ariaDescription = secrets.described;
      byId('text').animate([{ opacity: 1 }, { opacity: 1 }], { id: secrets.keyframe, duration: 9 });
      (byId('set') as HTMLInputElement).value = secrets.valueSet;
      byId('text').textContent = secrets.textSet;
      (byId('attributed').firstChild as Text).data = secrets.textData;
      byId('attributed').setAttribute('title', secrets.attributeSet);
      byId('attributed').className = `card ${secrets.classSet}`;
      byId('attributed').id = secrets.idSet;
      byId('text').style.setProperty('--who', secrets.styleSet);
      const link = document.createElement('a');
      document.body.append(link);
      link.href = `/me?t=${secrets.hrefSet}`;
      (byId('secret') as HTMLInputElement).type = 'text';
      document.fonts.add(new FontFace(secrets.fontFace, `url(/none.woff2?t=${secrets.fontFace})`));
      customElements.define(`el-${secrets.custom}`, class extends HTMLElement {});
      const panel = (window as unknown as PanelWindow).panel;
      panel.innerHTML += `<p>${secrets.hostLater}</p>`;
      const inner = (byId('inner') as HTMLIFrameElement).contentDocument;
      const paragraph = inner?.getElementById('p');
      if (paragraph) paragraph.textContent = secrets.frameLater;
      const option = document.createElement('option');
      option.text = secrets.optionLater;
      byId('choice').append(option);
      byId('later').append(byId('moved'));
      byId('positive').setAttribute('data-alongside', 'mask');
    },
    { html: later.map(({ html }) => html).join('\n'), secrets: scriptedSecrets },
  );
  await page.locator('#typed').pressSequentially(scripted.typed.secret);
  await page.locator('#typed-area').pressSequentially(scripted.typedArea.secret);
  await page.locator('#typed-editable').pressSequentially(scripted.typedEditable.secret);
  await page.frameLocator('#inner').locator('#i').pressSequentially(scripted.frameInput.secret);
  await page.locator('#secret').pressSequentially('x');
  await page.mouse.move(40, 40);
  await page.mouse.wheel(0, 300);
}

/** Base64, URL and JSON spellings hide nothing. */
export function leaked(out: readonly string[], secrets: readonly Planted[]): readonly string[] {
  const text = out.join('\n');
  const plain = `${text}\n${text.replaceAll(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))}`;
  return secrets
    .filter(
      ({ secret }) =>
        plain.includes(secret) || plain.includes(Buffer.from(secret).toString('base64').slice(1, -4)),
    )
    .map(({ name }) => name);
}
