/** A page that changes at an even pace, as a busy one does: texts, classes, and cards that come and go. */

/** Stands for itself: it is sent into the page. Resolves once so many changes were made. */
export function changeSteadily({ count, perSecond }) {
  const cards = document.getElementById('cards');
  const began = performance.now();
  let made = 0;
  const change = (at) => {
    const place = cards.children[(at * 37) % cards.children.length];
    if (at % 10 === 9) {
      const moved = cards.children[(at * 13) % cards.children.length];
      const fresh = moved.cloneNode(true);
      fresh.firstChild.textContent = `fresh ${at}`;
      moved.replaceWith(fresh);
    } else if (at % 3 === 0) place.classList.toggle('on');
    else place.children[1].textContent = `a rate of ${at % 97} per cent for ${at}`;
  };
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(count, Math.floor(((performance.now() - began) * perSecond) / 1000));
      for (; made < due; made += 1) change(made);
      if (made < count) return;
      clearInterval(timer);
      resolve();
    }, 2);
  });
}
