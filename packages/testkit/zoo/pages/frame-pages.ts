/** Pages made of other pages: frames of the same origin and of another one. */

import type { ZooPage } from '../zoo-page.js';

const foreign = 'A frame of another origin belongs to somebody else, whom nobody has asked.';
/** Of `/inner/joined.html`. */
const keptInside = {
  '[data-alongside="mask"]': 'The frame keeps it.',
  '[type="password"]': 'Passwords are never shown.',
};
const unjoined =
  'A page of a listed origin that has not said that this page may show it is somebody else’s as well.';

export const framePages: readonly ZooPage[] = [
  {
    name: 'frame-srcdoc',
    shows: 'a frame written into an attribute, changed inside, with a style of its own',
    isShort: true,
    body: '<iframe id="frame" width="400" height="180" srcdoc="<style>p { color: rgb(0, 90, 200) }</style><p>in the frame</p><input id=field><div id=place></div>"></iframe>',
    drive: [
      {
        run: `frame.contentDocument.getElementById('place').innerHTML = '<ul><li>one</li><li>two</li></ul>'`,
      },
      {
        run: `frame.contentDocument.getElementById('field').value = 'set by script'; frame.contentDocument.getElementById('field').dispatchEvent(new Event('input', { bubbles: true }))`,
      },
      { run: `frame.contentDocument.querySelector('p').style.fontSize = '24px'` },
    ],
    withinMs: 4_000,
  },
  {
    name: 'embedded-parts',
    shows: 'documents in objects, a formula, and a drawing out of another file: a box stands for each',
    body: '<p>before <object id="paper" data="/inner/tall.html" width="200" height="90"></object> after</p><embed src="/inner/nest.html" width="160" height="60"><div style="height: 120px"><math style="font-size: 40px"><mfrac><mn>1</mn><mn>2</mn></mfrac></math></div><svg class="elsewhere" width="40" height="40"><g><use href="/image/parts.svg#s"/></g></svg><svg id="late" width="40" height="40"><rect width="9" height="9"/></svg><div id="folded" hidden><object data="/inner/tall.html" width="120" height="60"></object><math><mi>x</mi></math></div>',
    drive: [
      {
        run: `document.body.append(Object.assign(document.createElement('object'), { data: '/inner/nest.html', width: 100, height: 50 }), ' after it')`,
      },
    ],
    next: [
      [
        {
          run: `late.classList.add('elsewhere'); late.insertAdjacentHTML('beforeend', '<g><use href="/image/parts.svg#s"/></g>')`,
        },
      ],
      [{ run: `folded.hidden = false` }],
    ],
    // Both ask for the page as a whole, which comes every five seconds at most.
    withinMs: 12_000,
    placeholders: {
      object: 'What is in it is drawn by somebody else.',
      embed: 'What is in it is drawn by somebody else.',
      math: 'A formula would be shown as a row of its signs.',
      '.elsewhere': 'A part of another file is not fetched.',
    },
  },
  {
    name: 'frame-nested',
    shows: 'frames three deep, the innermost made late and scrolled',
    body: '<iframe id="frame" width="500" height="320" src="/inner/nest.html"></iframe>',
    drive: [
      {
        run: `
          const middle = frame.contentDocument.createElement('iframe');
          middle.width = 400; middle.height = 200;
          await new Promise((resolve) => { middle.onload = resolve; middle.src = '/inner/nest.html'; frame.contentDocument.body.append(middle); });
          const inmost = middle.contentDocument.createElement('iframe');
          inmost.width = 300; inmost.height = 100;
          await new Promise((resolve) => { inmost.onload = resolve; inmost.src = '/inner/tall.html'; middle.contentDocument.body.append(inmost); });
          inmost.contentWindow.scrollTo(0, 150);`,
      },
    ],
    withinMs: 5_000,
  },
  {
    name: 'frame-navigated',
    shows: 'a frame that goes to another page, is emptied, and is written by script',
    body: '<iframe id="frame" width="400" height="160" src="/inner/nest.html"></iframe><iframe id="written" width="400" height="80"></iframe>',
    drive: [
      { run: `await new Promise((resolve) => { frame.onload = resolve; frame.src = '/inner/tall.html'; })` },
      { run: `frame.contentDocument.body.append('added after the navigation')` },
      {
        run: `written.contentDocument.open(); written.contentDocument.write('<!doctype html><p>written <b>late</b></p>'); written.contentDocument.close()`,
      },
      { run: `written.contentDocument.body.append(' and changed')` },
    ],
    withinMs: 5_000,
  },
  {
    name: 'frame-foreign',
    shows: 'a frame of another origin, which this page cannot look into either',
    body: '<p>Before</p><iframe class="foreign" width="400" height="120" src="{cdn}/inner/nest.html"></iframe><p>After</p>',
    drive: [{ run: `document.body.append('later')` }],
    withinMs: 4_000,
    placeholders: { '.foreign': foreign },
  },
  {
    name: 'frame-foreign-late',
    shows: 'a frame that a script adds with a page of another origin, and one that goes there',
    body: '<div id="place"></div><iframe id="goes" class="foreign" width="300" height="120" src="/inner/nest.html"></iframe>',
    drive: [
      {
        run: `
          window.far = location.origin.replace('//zoo.', '//far-zoo.') + '/inner/nest.html';
          const made = document.createElement('iframe');
          made.className = 'foreign'; made.width = 400; made.height = 120;
          await new Promise((resolve) => { made.onload = resolve; made.src = far; place.append(made); });`,
      },
      { run: `await new Promise((resolve) => { goes.onload = resolve; goes.src = far; })` },
    ],
    withinMs: 9_000,
    placeholders: { '.foreign': foreign },
  },
  {
    name: 'frame-foreign-sdk',
    shows:
      'frames of a listed origin that carry Alongside as well, and let nobody or somebody else show them',
    body: '<p>Before</p><iframe class="foreign" width="400" height="120" src="{cdn}/inner/with-sdk.html"></iframe><iframe class="foreign" width="300" height="120" src="{cdn}/inner/without-leave.html"></iframe><p>After</p>',
    drive: [{ run: `document.body.append('later')` }],
    withinMs: 4_000,
    placeholders: { '.foreign': unjoined },
  },
  {
    name: 'frame-joined',
    shows:
      'a frame of a listed origin that shows itself as part of the page, changed, filled in and scrolled',
    body: '<p>Before</p><iframe id="frame" class="joined" width="420" height="260" src="{cdn}/inner/joined.html"></iframe>',
    drive: [
      { run: `frame.contentWindow.postMessage('grow', '*')` },
      { run: `document.querySelector('p').textContent = 'changed around it'` },
      { run: `frame.contentWindow.postMessage('fill', '*')` },
      { run: `frame.contentWindow.postMessage('scroll', '*')` },
    ],
    withinMs: 9_000,
    placeholders: keptInside,
  },
  {
    name: 'frame-joined-again',
    shows: 'a joined frame that goes to another page and comes back, and is covered by a rule in between',
    body: '<iframe id="frame" class="joined" width="420" height="260" src="{cdn}/inner/joined.html"></iframe>',
    drive: [
      {
        run: `await new Promise((resolve) => { frame.onload = resolve; frame.src = frame.src.replace('joined', 'nest'); })`,
      },
      { run: `frame.dataset.alongside = 'block'` },
      {
        run: `await new Promise((resolve) => { frame.onload = resolve; frame.src = frame.src.replace('nest', 'joined'); })`,
      },
      { run: `delete frame.dataset.alongside; frame.contentWindow.postMessage('grow', '*')` },
    ],
    withinMs: 20_000,
    placeholders: keptInside,
  },
  {
    name: 'frame-blank',
    shows: 'frames without an address that scripts fill, move about and take away again',
    body: '<div id="one"></div><div id="two"></div>',
    drive: [
      {
        run: `
          window.made = document.createElement('iframe');
          made.width = 300; made.height = 80;
          document.getElementById('one').append(made);
          made.contentDocument.body.innerHTML = '<p style="color: purple">filled</p>';`,
      },
      { run: `made.contentDocument.body.firstChild.append(' twice')` },
      {
        run: `const gone = document.createElement('iframe'); document.getElementById('two').append(gone); gone.remove()`,
      },
      {
        run: `document.getElementById('two').append(made); made.contentDocument.body.innerHTML = '<p>moved, and so begun anew</p>'`,
      },
    ],
    withinMs: 14_000,
  },
];
