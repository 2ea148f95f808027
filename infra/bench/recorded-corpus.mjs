/**
 * Sessions recorded in a real browser by the SDK's own recorder, masking included, on pages made for it: a form that
 * is filled in, a table that moves, a chat that grows, an application that changes its page.
 */
import { bundleText, launchChromium, servePages } from './browser-pages.mjs';

const RECORDER = `
  import { takePristineDom } from './visitor-sdk/src/cobrowse/masking/pristine-dom.ts';
  import { privacyRulesFor } from './visitor-sdk/src/cobrowse/page-rules.ts';
  import { Recorder } from './visitor-sdk/src/cobrowse/recorder.ts';
  import { strictestMasking } from './packages/protocol/src/masking-policy.ts';
  const dom = takePristineDom(window);
  const policy = { ...strictestMasking, text: 'shown' };
  const rules = privacyRulesFor(window, dom, { policy, excluded: [] });
  const corpus = { snapshot: undefined, batches: [] };
  const sink = {
    push: (events) => corpus.batches.push(structuredClone(events)),
    snapshot: (events) => { corpus.snapshot = structuredClone(events); },
    needSnapshot: () => { throw new Error('a snapshot was asked for'); },
    behind: false,
  };
  window.corpus = corpus;
  const others = { policies: () => [policy], sendAsset: () => undefined };
  window.recorder = new Recorder({ window, dom, rules, sink, ...others });
  window.recorder.start();
`;

const WORDS =
  'loan rate term income monthly fixed offer early answer house garden bicycle delivery blue seven'.split(
    ' ',
  );
const words = (seed, count) =>
  Array.from(
    { length: count },
    (_, at) => WORDS[(seed * 7 + at * 5 + ((seed * at) % 3)) % WORDS.length],
  ).join(' ');
const style = `<style>body{font:16px sans-serif;margin:0}main{padding:16px}.row{display:flex;gap:8px}
  .row.on{background:#eef}td{padding:4px 12px;border:1px solid #ccc}.card{border:1px solid #ddd;padding:8px;margin:8px}</style>`;
const cards = (count) =>
  Array.from(
    { length: count },
    (_, at) =>
      `<div class="card" id="card-${at}"><h3>${words(at, 3)}</h3><p>${words(at + 1, 14)}</p><button>${words(at, 1)}</button></div>`,
  ).join('');

const PAGES = {
  form: `<main><h1>Apply</h1><form>${Array.from(
    { length: 30 },
    (_, at) =>
      `<p><label>${words(at, 2)} <input name="f${at}" id="f${at}"></label> <small id="hint${at}"></small></p>`,
  ).join('')}</form>${cards(40)}</main>
  <script>for (const field of document.querySelectorAll('input')) field.addEventListener('input', () => {
    document.getElementById('hint' + field.id.slice(1)).textContent = field.value.length + ' letters';
  });</script>`,
  table: `<main><table><tbody>${Array.from(
    { length: 120 },
    (_, at) =>
      `<tr id="r${at}"><td>${words(at, 2)}</td><td>${at * 37}</td><td>${words(at, 1)}</td><td>${at}</td></tr>`,
  ).join('')}</tbody></table></main>`,
  chat: `<main>${cards(60)}<ol id="lines"></ol></main>`,
  application: `<nav class="row"><a>one</a><a>two</a></nav><main id="view">${cards(120)}</main>`,
};

/** What happens on each page, a step in each animation frame; the same in every run. */
const STEPS = {
  table: (at) => {
    const rows = document.querySelectorAll('tr');
    for (let move = 0; move < 3; move += 1) {
      const row = rows[(at * 11 + move * 29) % rows.length];
      row.cells[1].textContent = String((at * 7919 + move * 104729) % 100000);
      row.className = at % 2 === 0 ? 'on' : '';
    }
    if (at % 10 === 0) rows[0].parentNode.append(rows[at % rows.length]);
  },
  chat: (at) => {
    if (at % 4 !== 0) return;
    const line = document.createElement('li');
    line.className = 'card';
    line.innerHTML = '<b></b><p></p><small></small>';
    line.children[0].textContent = at % 8 === 0 ? 'Mira' : 'Aki';
    line.children[1].textContent = `what is the rate of number ${at} and what does it cost a month`;
    line.children[2].textContent = `12:${String(at % 60).padStart(2, '0')}`;
    document.getElementById('lines').append(line);
  },
  application: (at) => {
    const view = document.getElementById('view');
    if (at % 25 === 0) {
      view.replaceChildren(
        ...Array.from({ length: 20 }, (_, card) => {
          const made = document.createElement('div');
          made.className = 'card';
          made.innerHTML = '<h3></h3><p></p><button>choose</button>';
          made.children[0].textContent = `offer ${at + card}`;
          made.children[1].textContent = `a fixed rate of ${((at * 13 + card * 7) % 90) / 10} per cent`;
          return made;
        }),
      );
    } else view.children[at % view.children.length].classList.toggle('on');
  },
};
const STEP_COUNT = 200;

/** @param {{ progress: (text: string) => void }} options */
export async function recordCorpus({ progress }) {
  const script = await bundleText(RECORDER);
  const files = { '/record.js': { type: 'text/javascript', text: script } };
  for (const [name, body] of Object.entries(PAGES)) {
    const text = `<!doctype html><html><head><title>${name}</title>${style}</head><body>${body}</body></html>`;
    files[`/${name}`] = { type: 'text/html', text };
  }
  const server = await servePages(files);
  const browser = await launchChromium();
  try {
    const sessions = {};
    for (const name of Object.keys(PAGES)) {
      progress(`recording: ${name}`);
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(`http://127.0.0.1:${server.port}/${name}`);
      await page.addScriptTag({ url: '/record.js' });
      await page.waitForFunction(() => window.corpus.snapshot !== undefined);
      await act(page, name);
      sessions[name] = await page.evaluate(() => window.corpus);
      if (sessions[name].batches.length < 20) throw new Error(`${name}: hardly anything was recorded`);
      await page.close();
    }
    return sessions;
  } finally {
    await browser.close();
    await server.close();
  }
}

async function act(page, name) {
  if (name === 'form') {
    for (let at = 0; at < 12; at += 1)
      await page.locator(`#f${at}`).pressSequentially(words(at, 2), { delay: 4 });
  } else {
    await page.evaluate(
      ({ step, count }) =>
        new Promise((resolve) => {
          const run = new Function(`return ${step}`)();
          let at = 0;
          const next = () => {
            run(at);
            at += 1;
            if (at < count) requestAnimationFrame(next);
            else setTimeout(resolve, 100);
          };
          next();
        }),
      { step: String(STEPS[name]), count: STEP_COUNT },
    );
  }
  // A person also points and scrolls.
  for (let at = 0; at < 40; at += 1) await page.mouse.move(100 + at * 20, 100 + ((at * 37) % 500));
  for (let at = 0; at < 5; at += 1) await page.mouse.wheel(0, 120);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 700)));
}
