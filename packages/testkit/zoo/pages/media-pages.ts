/** Pages that draw pictures: from files, by script, and moving ones. */

import type { ZooPage } from '../zoo-page.js';

/** A film of three colours, a second each. */
const film = `
  window.film = async () => {
    const drawn = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
    const context = drawn.getContext('2d');
    const recorder = new MediaRecorder(drawn.captureStream(20), { mimeType: 'video/webm' });
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.start();
    const begin = performance.now();
    for (let at = 0; at < 3000; at = performance.now() - begin) {
      context.fillStyle = ['rgb(30, 140, 90)', 'rgb(200, 60, 60)', 'rgb(50, 80, 200)'][Math.floor(at / 1000)];
      context.fillRect(0, 0, 160, 90);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await new Promise((resolve) => { recorder.onstop = resolve; recorder.stop(); });
    return URL.createObjectURL(new Blob(parts, { type: 'video/webm' }));
  };
  window.playTo = async (seconds) => {
    const shown = document.querySelector('video');
    await shown.play();
    while (shown.currentTime < seconds && !shown.ended) await new Promise((resolve) => requestAnimationFrame(resolve));
    shown.pause();
  };`;

const sound = 'What the browser itself draws of a sound, as how far it has come, is told to nobody.';

export const mediaPages: readonly ZooPage[] = [
  {
    name: 'image-kinds',
    shows: 'lazy images, candidates for the screen, pictures of the styles, data and blob addresses',
    head: '<style>.back { width: 120px; height: 60px; background: url(/image/back.png) center / cover } img { vertical-align: top }</style>',
    body: '<img src="/image/small.png"><img srcset="/image/small.png 1x, /image/large.png 2x" width="60" height="60"><picture><source media="(min-width: 500px)" srcset="/image/wide.svg"><img id="picture" src="/image/small.png" width="120" height="60"></picture><div class="back"></div><img id="blob" width="40" height="40"><img id="inline" src="data:image/svg+xml,%3Csvg xmlns=\'http://www.w3.org/2000/svg\' width=\'30\' height=\'30\'%3E%3Ccircle cx=\'15\' cy=\'15\' r=\'14\' fill=\'purple\'/%3E%3C/svg%3E"><div style="height: 6000px"></div><img loading="lazy" id="lazy" src="/image/lazy.png" width="80" height="80">',
    drive: [
      {
        run: `const bytes = await (await fetch('/image/small.png')).blob(); await new Promise((resolve) => { blob.onload = resolve; blob.src = URL.createObjectURL(bytes); })`,
      },
      { run: `document.querySelector('img').src = '/image/other.png'` },
      {
        run: `lazy.scrollIntoView(); await new Promise((resolve) => { if (lazy.complete && lazy.naturalWidth > 0) resolve(); else lazy.onload = resolve; })`,
      },
    ],
    withinMs: 8_000,
  },
  {
    name: 'image-cookie',
    shows: 'pictures, styles and a font that only this visitor may load, and one that nobody may',
    isShort: true,
    head: '<link rel="stylesheet" href="/member/sheet.css"><style>@font-face { font-family: Member; src: url(/member/font.woff2), url(/member/font.ttf) format("truetype") } .font { font: 28px Member, monospace }</style>',
    body: '<img src="/member/image.png" width="70" height="70"><p class="font">MEMBER</p><p class="member">for members</p><img src="/member/none.png" width="50" height="50" alt="">',
    drive: [
      { run: `await document.fonts.ready` },
      { run: `document.body.append(Object.assign(new Image(70, 70), { src: '/member/image.png' }))` },
    ],
    withinMs: 6_000,
    placeholders: { '[src="/member/none.png"]': 'The image cannot be loaded by the visitor either.' },
  },
  {
    name: 'image-poster',
    shows: 'posters, image maps, borders, masks, cursors and list marks made of pictures',
    head: '<style>.border { border: 12px solid; border-image: url(/image/back.png) 10 round; width: 100px } .mask { width: 60px; height: 60px; background: navy; mask: url(/image/wide.svg) center / 40px no-repeat } li { list-style: url(/image/dot.svg) } .cursor { cursor: url(/image/small.png), pointer }</style>',
    body: '<video poster="/image/large.png" width="120" height="90"></video><div class="border">border</div><div class="mask"></div><ul><li>marked</li></ul><p class="cursor">cursor</p>',
    drive: [
      {
        run: `document.querySelector('ul').append(Object.assign(document.createElement('li'), { textContent: 'second' }))`,
      },
    ],
    withinMs: 6_000,
  },
  {
    name: 'font-web',
    shows: 'web fonts of the page, one for some letters only',
    head: '<style>@font-face { font-family: ZooA; src: url(/font/zoo.ttf) format("truetype") } @font-face { font-family: ZooB; src: url(/font/zoo.ttf); unicode-range: U+41-43 } p { font: 24px ZooA, monospace }</style>',
    body: '<p>ABCabc</p><p id="late" style="font-family: ZooB, monospace">ABCabc</p>',
    drive: [
      { run: `await document.fonts.load('24px ZooA')` },
      { run: `document.getElementById('late').textContent = 'CBAcba'; await document.fonts.ready` },
    ],
    withinMs: 5_000,
  },
  {
    name: 'svg-parts',
    shows: 'drawings with parts used again, gradients, masks, text, and a page inside of a drawing',
    body: '<svg width="320" height="200" viewBox="0 0 320 200"><defs><linearGradient id="g"><stop offset="0" stop-color="gold"/><stop offset="1" stop-color="crimson"/></linearGradient><clipPath id="c"><circle cx="40" cy="40" r="36"/></clipPath><symbol id="s" viewBox="0 0 10 10"><path d="M0 0L10 5L0 10Z"/></symbol></defs><rect width="80" height="80" fill="url(#g)" clip-path="url(#c)"/><use href="#s" x="90" y="10" width="50" height="50" fill="teal"/><text x="150" y="40" font-size="20">drawn text</text><foreignObject x="10" y="100" width="280" height="80"><div xmlns="http://www.w3.org/1999/xhtml"><p style="color: rgb(160, 0, 90)">a page in it <input value="field"></p></div></foreignObject></svg>',
    drive: [
      {
        run: `const more = document.createElementNS('http://www.w3.org/2000/svg', 'circle'); more.setAttribute('cx', 280); more.setAttribute('cy', 60); more.setAttribute('r', 25); more.setAttribute('fill', 'url(#g)'); document.querySelector('svg').append(more)`,
      },
      {
        run: `document.querySelector('use').setAttribute('fill', 'navy'); document.querySelector('text').textContent = 'changed text'`,
      },
      {
        run: `const later = document.createElementNS('http://www.w3.org/2000/svg', 'use'); later.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', '#s'); later.setAttribute('width', 30); later.setAttribute('height', 30); document.querySelector('svg').append(later)`,
      },
    ],
    withinMs: 3_000,
  },
  {
    name: 'canvas-2d',
    shows: 'a drawing made by script, before anybody watched and after, one resized',
    isShort: true,
    body: '<canvas id="chart" width="260" height="120" style="border: 1px solid grey"></canvas><canvas id="late" width="100" height="100"></canvas>',
    script: `
      window.bars = (colour, shift) => { const context = chart.getContext('2d'); context.clearRect(0, 0, 900, 900); context.fillStyle = colour; for (let index = 0; index < 8; index += 1) context.fillRect(index * 30 + 4, 100 - index * 11 - shift, 22, index * 11 + shift); };
      bars('rgb(59, 130, 246)', 10);`,
    drive: [
      { run: `bars('rgb(34, 197, 94)', 20)` },
      {
        run: `const context = late.getContext('2d'); context.fillStyle = 'orange'; context.fillRect(10, 10, 80, 80)`,
      },
      { run: `chart.width = 300; bars('rgb(190, 24, 93)', 15)` },
    ],
    withinMs: 12_000,
    differing: 8,
  },
  {
    name: 'canvas-webgl',
    shows: 'a scene that is drawn anew in every animation frame, in another light now and then',
    body: '<canvas id="scene" width="200" height="140"></canvas>',
    script: `
      const gl = scene.getContext('webgl');
      window.light = [0.2, 0.5, 0.8];
      const draw = () => { gl.clearColor(...light, 1); gl.clear(gl.COLOR_BUFFER_BIT); requestAnimationFrame(draw); };
      draw();`,
    drive: [{ run: `document.body.append('later')` }],
    next: [[{ run: `light = [0.8, 0.4, 0.1]` }], [{ run: `light = [0.1, 0.7, 0.3]` }]],
    withinMs: 12_000,
    differing: 8,
  },
  {
    name: 'canvas-moving',
    shows: 'a drawing that changes, comes to look as it did before, and is wiped away',
    body: '<canvas id="sign" width="300" height="200"></canvas>',
    script: `
      window.fill = (colour) => { const context = sign.getContext('2d'); context.fillStyle = colour; context.fillRect(0, 0, 300, 200); };`,
    drive: [{ run: `fill('rgb(200, 40, 40)')` }],
    next: [
      [{ run: `fill('rgb(40, 60, 200)')` }],
      [{ run: `fill('rgb(200, 40, 40)')` }],
      [{ run: `sign.getContext('2d').clearRect(0, 0, 300, 200)` }],
    ],
    withinMs: 12_000,
    differing: 8,
  },
  {
    name: 'canvas-many',
    shows: 'more drawings than are sent at once, many of them alike, that all change',
    head: '<style>canvas { width: 44px; height: 44px; margin: 2px }</style>',
    body: '<div id="all"></div>',
    script: `
      const drawn = Array.from({ length: 80 }, () => all.appendChild(Object.assign(document.createElement('canvas'), { width: 20, height: 20 })));
      window.fill = (turn) => drawn.forEach((each, index) => { const context = each.getContext('2d'); context.fillStyle = 'hsl(' + (index % 40) * 9 + ' 70% ' + (40 + turn * 25) + '%)'; context.fillRect(0, 0, 20, 20); });
      fill(0);`,
    drive: [{ run: `fill(1)` }],
    next: [[{ run: `fill(0)` }], [{ run: `fill(2)` }]],
    withinMs: 20_000,
    differing: 8,
  },
  {
    name: 'canvas-foreign',
    shows: 'a canvas that another origin’s picture has made unreadable, and one without any drawing',
    body: '<canvas id="foreign" width="120" height="90"></canvas><canvas id="empty" width="60" height="60"></canvas>',
    script: `
      window.far = location.origin.replace('//zoo.', '//far-zoo.') + '/image/large.png';
      foreign.getContext('2d').fillRect(0, 0, 40, 40);`,
    drive: [
      {
        run: `const image = new Image(); await new Promise((resolve) => { image.onload = resolve; image.src = far; }); foreign.getContext('2d').drawImage(image, 0, 0)`,
      },
    ],
    withinMs: 8_000,
    placeholders: {
      '#foreign': 'The browser lets nobody read a canvas on which something of another origin was drawn.',
      '#empty': 'Nobody can tell an empty canvas from one that has forgotten what was drawn on it.',
    },
  },
  {
    name: 'video-blob',
    shows: 'a film at a blob address, played and paused in each of its colours, and played to its end',
    body: '<video id="film" muted width="240" height="135"></video><div id="state"></div>',
    script: film,
    drive: [{ run: `document.querySelector('video').src = await window.film(); await playTo(0.5)` }],
    next: [
      [{ run: `await playTo(1.5)` }],
      [{ run: `await playTo(2.5)` }],
      [{ run: `await playTo(9); document.getElementById('state').textContent = 'ended'` }],
    ],
    withinMs: 14_000,
    differing: 20,
  },
  {
    name: 'video-poster',
    shows: 'a film behind its poster, played in two of its colours, and its poster again for another film',
    body: '<video id="film" muted poster="/image/large.png" width="240" height="135"></video>',
    script: film,
    drive: [{ run: `document.querySelector('video').src = await window.film()` }],
    next: [
      [{ run: `await playTo(1.5)` }],
      [{ run: `await playTo(2.5)` }],
      [{ run: `document.querySelector('video').load()` }],
    ],
    withinMs: 14_000,
    differing: 20,
  },
  {
    name: 'video-stream',
    shows: 'a stream without any address, as of a camera, that goes on, and a sound that plays',
    body: '<video id="live" muted width="160" height="120"></video><audio id="sound" controls loop src="/sound/tone.wav"></audio><button id="play" onclick="sound.play()">Play</button>',
    script: `
      const drawn = Object.assign(document.createElement('canvas'), { width: 160, height: 120 });
      const context = drawn.getContext('2d');
      window.tone = 'rgb(180, 60, 160)';
      setInterval(() => { context.fillStyle = tone; context.fillRect(0, 0, 160, 120); }, 50);
      live.srcObject = drawn.captureStream(20); live.play();`,
    drive: [
      { click: '#play' },
      {
        run: `while (sound.currentTime === 0) await new Promise((resolve) => requestAnimationFrame(resolve))`,
      },
    ],
    next: [[{ run: `tone = 'rgb(60, 160, 80)'` }], [{ run: `tone = 'rgb(250, 220, 60)'` }]],
    withinMs: 12_000,
    differing: 20,
    placeholders: { '#sound': sound },
  },
];
