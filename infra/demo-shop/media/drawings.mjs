// Draws the shop's pictures as SVG text; `render.mjs` turns them into the files beside it.

const line = (points, colour, width) =>
  `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

function wheel(x, y, r, tyre = '#33372f') {
  const spokes = Array.from({ length: 14 }, (_, i) => {
    const angle = (i * Math.PI) / 7;
    return `<line x1="${x}" y1="${y}" x2="${x + Math.cos(angle) * r}" y2="${y + Math.sin(angle) * r}" stroke="#8d9084" stroke-width="1.3"/>`;
  }).join('');

  return `${spokes}<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="${tyre}" stroke-width="11"/><circle cx="${x}" cy="${y}" r="${r - 8}" fill="none" stroke="#c9c6b8" stroke-width="4"/><circle cx="${x}" cy="${y}" r="9" fill="#5c6056"/>`;
}

function scene(ground, sky, body) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 720" width="960" height="720"><defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${sky[0]}"/><stop offset="1" stop-color="${sky[1]}"/></linearGradient><radialGradient id="w"><stop offset="0" stop-color="#000" stop-opacity=".28"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient></defs><rect width="960" height="720" fill="url(#s)"/><circle cx="760" cy="180" r="120" fill="#fff" opacity=".25"/><rect y="560" width="960" height="160" fill="${ground}"/>${body}</svg>`;
}

const shadow = (x, width) => `<ellipse cx="${x}" cy="574" rx="${width}" ry="20" fill="url(#w)"/>`;

/** A bicycle seen from the right: `low` drops the top tube, `drop` bends the bar, `assist` adds a battery. */
function bicycle({ colour, dark, low = false, drop = false, assist = false, guard = false, scale = 1 }) {
  const rear = [300, 450];
  const front = [660, 450];
  const crank = [455, 460];
  const seat = [412, 290];
  const head = [606, 262];
  const headLow = [618, 310];
  const r = 112;
  const fork = line(`${head} ${headLow} ${front}`, dark, 11);
  const top = low
    ? `<path d="M${headLow} Q 500 400 ${crank}" fill="none" stroke="${colour}" stroke-width="16" stroke-linecap="round"/>`
    : line(`${seat} ${head}`, colour, 13);
  const down = line(`${headLow} ${crank}`, colour, 15);
  const stays = line(`${seat} ${rear} ${crank}`, colour, 9);
  const post = line(`${crank} ${seat} 402,250`, colour, 13) + line(`${seat} 400,240`, '#5c6056', 9);
  const saddle = `<path d="M352 236 q48 -18 100 -2 q6 10 -8 12 l-60 4 q-30 2 -32 -14z" fill="#5a3d28"/>`;
  const bar = drop
    ? `<path d="M${head} l-4 -26 q46 -10 52 8 q10 34 -28 40" fill="none" stroke="#33372f" stroke-width="9" stroke-linecap="round"/>`
    : `<path d="M${head} l-8 -60 q-34 -18 -70 6" fill="none" stroke="#5c6056" stroke-width="9" stroke-linecap="round"/><path d="M528 208 l30 -12" stroke="#5a3d28" stroke-width="15" stroke-linecap="round"/>`;
  const chain = guard
    ? `<path d="M296 432 L 455 424 a36 36 0 0 1 0 72 L 300 466z" fill="${dark}"/><circle cx="455" cy="460" r="13" fill="#c9c6b8"/>`
    : `<path d="M300 440 L455 432 M300 462 L455 490" stroke="#5c6056" stroke-width="3.5"/><circle cx="455" cy="460" r="29" fill="none" stroke="#5c6056" stroke-width="7"/>`;
  const pedals = line('455,460 490,512', '#33372f', 9) + line('474,514 508,510', '#33372f', 11);
  const battery = assist
    ? `<g transform="rotate(-41 536 388)"><rect x="470" y="368" width="128" height="36" rx="12" fill="#33372f"/><rect x="560" y="379" width="22" height="6" rx="3" fill="#9fcbae"/></g>`
    : '';
  const guards =
    guard || assist
      ? `<path d="M186 424 A124 124 0 0 1 392 370" fill="none" stroke="${dark}" stroke-width="9"/><path d="M566 368 A124 124 0 0 1 776 414" fill="none" stroke="${dark}" stroke-width="9"/>`
      : '';

  return `<g transform="translate(${480 - 480 * scale} ${562 - 562 * scale}) scale(${scale})">${wheel(...rear, r)}${wheel(...front, r)}${guards}${stays}${top}${down}${battery}${post}${fork}${chain}${pedals}${saddle}${bar}</g>`;
}

function cargo() {
  const box = `<path d="M520 330 L790 330 L752 486 L545 486z" fill="#c79a63"/><path d="M520 330 L790 330 L786 350 L523 350z" fill="#8a6238"/><path d="M540 400 L772 400" stroke="#8a6238" stroke-width="4"/>`;
  const frame =
    line('230,450 330,290 470,500 545,486 740,486 830,470', '#40604f', 15) +
    line('330,290 400,460 230,450', '#40604f', 11) +
    line('470,500 520,240', '#40604f', 13);
  const bar = `<path d="M520 240 l-6 -36 q-34 -16 -70 6" fill="none" stroke="#5c6056" stroke-width="9" stroke-linecap="round"/>`;
  const saddle = `<path d="M282 240 q48 -18 100 -2 q6 10 -8 12 l-60 4 q-30 2 -32 -14z" fill="#5a3d28"/>${line('330,290 326,248', '#5c6056', 9)}`;

  return `${wheel(230, 450, 112)}${wheel(838, 482, 80)}${frame}${box}${line('800,360 838,482', '#40604f', 10)}<circle cx="400" cy="460" r="29" fill="none" stroke="#5c6056" stroke-width="7"/>${line('400,460 432,512', '#33372f', 9)}${saddle}${bar}`;
}

const lamp = `<path d="M380 330 L980 130 L980 520z" fill="#fff3c9" opacity=".75"/><rect x="300" y="395" width="52" height="120" rx="14" fill="#33372f"/><circle cx="330" cy="330" r="116" fill="#33372f"/><circle cx="352" cy="330" r="84" fill="#fff8df"/><circle cx="352" cy="330" r="52" fill="#ffe9a6"/><rect x="240" y="506" width="172" height="30" rx="15" fill="#5c6056"/>`;
const satchel = `<path d="M316 250 q164 -60 328 0 l18 300 q-182 34 -364 0z" fill="#8a5a35"/><path d="M306 250 q174 -84 348 0 l-6 62 q-168 44 -336 0z" fill="#6f4526"/><path d="M394 306 v146 M566 306 v146" stroke="#3f2a1a" stroke-width="20"/><rect x="376" y="414" width="36" height="44" rx="6" fill="#d6b168"/><rect x="548" y="414" width="36" height="44" rx="6" fill="#d6b168"/><path d="M420 214 q60 -64 120 0" fill="none" stroke="#3f2a1a" stroke-width="16"/>`;
const bell = `<path d="M300 430 a180 180 0 0 1 360 0z" fill="#d6a848"/><path d="M342 404 a150 150 0 0 1 110 -118" fill="none" stroke="#f5dc9b" stroke-width="18" stroke-linecap="round"/><rect x="282" y="426" width="396" height="26" rx="13" fill="#b4862d"/><rect x="440" y="452" width="80" height="54" fill="#5c6056"/><rect x="400" y="500" width="160" height="46" rx="23" fill="#33372f"/>${line('660,440 730,388', '#5c6056', 14)}<circle cx="736" cy="384" r="20" fill="#33372f"/>`;

const helmet = `<path d="M300 440 q-6 -200 190 -206 q196 0 196 206 q-80 26 -200 26 t-186 -26z" fill="#a9b79a"/><path d="M360 400 q10 -110 76 -140 M470 420 q-8 -120 20 -178 M600 404 q-2 -100 -56 -148" fill="none" stroke="#6d7d61" stroke-width="20" stroke-linecap="round"/><path d="M296 432 q190 50 394 0 l26 26 q-210 56 -420 4z" fill="#6d7d61"/><path d="M352 466 q40 92 120 96 M600 470 q-40 84 -128 92" fill="none" stroke="#33372f" stroke-width="10"/><rect x="446" y="546" width="52" height="22" rx="8" fill="#33372f"/>`;

const hero = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 640" width="1600" height="640"><defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f4e9d4"/><stop offset="1" stop-color="#e3e8d3"/></linearGradient><radialGradient id="w"><stop offset="0" stop-color="#000" stop-opacity=".28"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient></defs><rect width="1600" height="640" fill="url(#s)"/><circle cx="1370" cy="150" r="90" fill="#f2c879" opacity=".8"/><path d="M180 640 Q 560 430 900 410 T 1600 340 V640z" fill="#b9c9a9"/><path d="M0 620 Q 600 500 1050 500 T 1600 450 V640H0z" fill="#94ac8b"/><path d="M0 590 Q 700 540 1600 560 V640 H0z" fill="#6f8d71"/><g transform="translate(770 70) scale(.86)"><ellipse cx="480" cy="574" rx="330" ry="18" fill="url(#w)"/>${bicycle({ colour: '#2d5540', dark: '#1f4030', guard: true })}</g></svg>`;
const portrait = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" fill="#e2c9a8"/><path d="M10 96 q6 -34 38 -34 t38 34z" fill="#40604f"/><circle cx="48" cy="42" r="20" fill="#b98258"/><path d="M26 46 q-4 -32 22 -32 t22 32 q-4 -18 -16 -20 q-16 10 -24 4 q-4 6 -4 16z" fill="#3b261a"/></svg>`;

const paper = ['#f3ead9', '#e6e6d4'];
const mist = ['#e4ecec', '#e2e3d6'];
const sand = ['#f5e3cf', '#efe4cf'];

/** Each drawing with the widths it is rendered at. */
export const drawings = [
  {
    name: 'alder',
    svg: scene(
      '#b7c4a5',
      paper,
      shadow(480, 330) + bicycle({ colour: '#3c6b52', dark: '#2d5540', guard: true }),
    ),
  },
  {
    name: 'rowan',
    svg: scene(
      '#cdbb9c',
      sand,
      shadow(480, 330) + bicycle({ colour: '#b4532f', dark: '#8f3d20', drop: true }),
    ),
  },
  {
    name: 'hazel-e',
    svg: scene(
      '#b5c2c4',
      mist,
      shadow(480, 330) + bicycle({ colour: '#4f7690', dark: '#385a72', low: true, assist: true }),
    ),
  },
  { name: 'oak-cargo', svg: scene('#b7c4a5', paper, shadow(520, 400) + cargo()) },
  {
    name: 'wren',
    svg: scene(
      '#cdc39c',
      sand,
      shadow(480, 240) + bicycle({ colour: '#dba52c', dark: '#b07f16', scale: 0.74 }),
    ),
  },
  { name: 'lantern', svg: scene('#a9aea4', ['#566660', '#7f8f84'], shadow(330, 170) + lamp) },
  { name: 'satchel', svg: scene('#cdbb9c', sand, shadow(480, 240) + satchel) },
  { name: 'thistle', svg: scene('#b7c4a5', paper, shadow(480, 230) + helmet) },
  { name: 'bell', svg: scene('#b5c2c4', mist, shadow(480, 200) + bell) },
].map((drawing) => ({ ...drawing, widths: [480, 960] }));

drawings.push({ name: 'hero', svg: hero, widths: [1600] }, { name: 'portrait', svg: portrait, widths: [96] });
