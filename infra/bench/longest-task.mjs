/** Stands for itself: it is sent into a page. The longest time in which a timer had to wait for the main thread. */
export function noteLongestTask() {
  const EVERY_MS = 4;
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - EVERY_MS);
    last = now;
  }, EVERY_MS);
  window.longestTask = () => {
    clearInterval(timer);
    return longest;
  };
}
