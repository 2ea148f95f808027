/** How an agent's pointer, cue and words look: a colour for each agent, readable on light and dark pages. */

const CUE_COLOUR = '#3b5bdb';
/** A pointer that has not moved for this long is hidden. */
export const POINTER_IDLE_MS = 8000;

export const overlayCss = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; width: auto !important;
  height: auto !important; margin: 0 !important; padding: 0 !important; border: 0 !important;
  background: none !important; overflow: visible !important; pointer-events: none !important;
  z-index: 2147483646 !important; display: block !important; }
canvas { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
.layer { position: absolute; inset: 0; display: none; touch-action: none; cursor: crosshair; }
.layer.drawing { display: block; pointer-events: auto; }
.pointer, .cue { position: absolute; left: 0; top: 0; visibility: hidden; pointer-events: none; }
.pointer { transition: transform 80ms linear; will-change: transform; }
.pointer svg { display: block; filter: drop-shadow(0 1px 2px rgb(0 0 0 / .4)); }
.name, .words { font: 600 12px/1.5 system-ui, sans-serif; color: #fff; unicode-bidi: isolate;
  box-shadow: 0 1px 3px rgb(0 0 0 / .35); pointer-events: none; }
.name { position: absolute; left: 16px; top: 18px; max-width: 16em; overflow: hidden; white-space: nowrap;
  text-overflow: ellipsis; padding: 2px 8px; border-radius: 999px; }
.words { position: absolute; left: 0; top: 0; margin: 0; max-width: min(24em, 90vw); padding: 6px 12px;
  border-radius: 10px; font-size: 14px; font-weight: 500; overflow-wrap: anywhere; }
.words b { font-weight: 700; opacity: .9; }
.words b::after { content: ":"; }
.words b:only-child::after { content: ""; }
.cue { box-sizing: border-box; border: 3px solid ${CUE_COLOUR}; border-radius: 6px;
  box-shadow: 0 0 0 2px rgb(255 255 255 / .9), 0 0 0 6px rgb(59 91 219 / .25); }
.shown { visibility: visible; }
@media (prefers-reduced-motion: reduce) { .pointer { transition: none; } }
`;

const SVG = 'http://www.w3.org/2000/svg';

/** An arrow drawn by script, so that no markup is parsed on a page with a strict policy. */
export function drawPointer(document: Document, colour: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('width', '22');
  svg.setAttribute('height', '26');
  svg.setAttribute('viewBox', '0 0 22 26');
  const arrow = document.createElementNS(SVG, 'path');
  arrow.setAttribute('d', 'M2 2l17 9.2-7.6 1.9-3.6 7.3z');
  arrow.setAttribute('fill', colour);
  arrow.setAttribute('stroke', '#fff');
  arrow.setAttribute('stroke-width', '1.8');
  arrow.setAttribute('stroke-linejoin', 'round');
  svg.append(arrow);
  return svg;
}
