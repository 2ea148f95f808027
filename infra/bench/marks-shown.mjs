/**
 * How long what one side draws on the page takes until the other side has drawn it, from each move of a mouse on: over
 * a watched line, and the same over a bare socket between two pages.
 */
import { WAIT_MS } from './viewing-ground.mjs';

const MARKS = 60;
/** One mark is on its way at a time, and no multiple of an animation frame lies between two. */
const GAP_MS = 97;
/** Until what was drawn last is there. */
const LAST_MS = 600;
const FEWEST_DRAWN = 0.95 * MARKS;
const FROM = { x: 200, y: 300 };
/** Beside the frame of the replay, which would take the mouse of the agent's page. */
const ON_AGENTS_PAGE_Y = 860;

/** From the agent's mouse to the canvas over the visitor's page: one line that grows point by point. */
export async function marksOfAgent({ visitor, agent }) {
  await visitor.evaluate(() => {
    window.drawnAt = [];
    const { stroke } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.stroke = function (...path) {
      window.drawnAt.push(performance.timeOrigin + performance.now());
      return stroke.apply(this, path);
    };
  });
  await agent.evaluate((from) => window.pointer.startStroke(from, 'draw'), FROM);
  // What draws is loaded with the first mark.
  await visitor.waitForFunction(() => window.drawnAt.length > 0, undefined, { timeout: WAIT_MS });
  await agent.evaluate((y) => {
    window.onMove = ({ clientX }) => window.pointer.continueStroke({ x: clientX, y });
  }, FROM.y);
  const waits = await waitsOf({ hand: agent, sheet: visitor, y: ON_AGENTS_PAGE_Y });
  await agent.evaluate(() => window.pointer.endStroke());
  return waits;
}

/** From the visitor's mouse to the frame in which the agent's console draws what it then knows of the page's marks. */
export async function marksOfVisitor({ visitor, agent }) {
  await agent.evaluate(() => {
    window.drawnAt = [];
    const drawn = () => window.drawnAt.push(performance.timeOrigin + performance.now());
    window.view.marks.marks.subscribe(() => requestAnimationFrame(drawn));
  });
  await visitor.evaluate(() => window.sharing.draw('take'));
  await visitor.mouse.move(FROM.x, FROM.y);
  await visitor.mouse.down();
  const waits = await waitsOf({ hand: visitor, sheet: agent, y: FROM.y });
  await visitor.mouse.up();
  return waits;
}

/** The least that anybody could do: where the mouse is over a socket, and in the next frame on a canvas. */
export async function bareMarks({ raw }, { hand, sheet }) {
  const url = `ws://live.localhost:${raw.hello.port}/marks-${Math.random()}`;
  await sheet.evaluate(drawWhatComes, url);
  await hand.evaluate(sendMoves, url);
  return waitsOf({ hand, sheet, y: FROM.y });
}

/** Stands for itself: it is sent into the page. */
async function drawWhatComes(url) {
  window.drawnAt = [];
  const canvas = document.createElement('canvas');
  document.body.append(canvas);
  const socket = new WebSocket(url);
  socket.onmessage = async ({ data }) => {
    const { x, y } = JSON.parse(typeof data === 'string' ? data : await data.text());
    requestAnimationFrame(() => {
      canvas.getContext('2d').strokeRect(x, y, 1, 1);
      window.drawnAt.push(performance.timeOrigin + performance.now());
    });
  };
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
}

/** Stands for itself: it is sent into the page. */
async function sendMoves(url) {
  const socket = new WebSocket(url);
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  window.onMove = ({ clientX, clientY }) => socket.send(JSON.stringify({ x: clientX, y: clientY }));
}

/** Each move until the first drawing after it: they are further apart than the way takes. */
async function waitsOf({ hand, sheet, y }) {
  await hand.evaluate(() => {
    window.movedAt = [];
    const moved = (event) => {
      window.movedAt.push(performance.timeOrigin + performance.now());
      window.onMove?.(event);
    };
    addEventListener('pointermove', moved, true);
    window.letGo = () => removeEventListener('pointermove', moved, true);
  });
  for (let at = 1; at <= MARKS; at += 1) {
    await hand.waitForTimeout(GAP_MS);
    await hand.mouse.move(FROM.x + at * 3, y);
  }
  await hand.waitForTimeout(LAST_MS);
  const made = await hand.evaluate(() => {
    window.letGo();
    return window.movedAt;
  });
  const drawn = await sheet.evaluate(() => window.drawnAt);
  const found = made.map((madeAt) => drawn.find((each) => each >= madeAt));
  if (made.length < FEWEST_DRAWN || new Set(found).size < FEWEST_DRAWN || found.includes(undefined))
    throw new Error(`${new Set(found).size} of ${made.length} marks were drawn`);
  return made.map((madeAt, at) => found[at] - madeAt);
}
