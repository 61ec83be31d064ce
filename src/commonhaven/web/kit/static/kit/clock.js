// Counts the time left on from what the server printed. Pages are whole without it.
"use strict";
(() => {
  const start = performance.now();
  const tick = () => {
    for (const mark of document.querySelectorAll(".left[data-due]")) {
      const now = Date.parse(mark.dataset.now) + (performance.now() - start);
      const seconds = Math.trunc((Date.parse(mark.dataset.due) - now) / 1000);
      if (seconds < 0 || seconds > 48 * 3600) continue;
      const two = (n) => String(n).padStart(2, "0");
      mark.textContent = `${Math.trunc(seconds / 3600)}:${two(Math.trunc(seconds / 60) % 60)}:${two(seconds % 60)}`;
      mark.setAttribute("dir", "ltr");
    }
  };
  if (document.querySelector(".left[data-due]")) setInterval(tick, 1000);
})();
