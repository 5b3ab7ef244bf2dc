/* The reader's theme is set before the first paint, so that a dark page never flashes white. Where storage is off this
 * fails, and the system's theme stands. */
const chosen = localStorage.getItem("theme");
if (chosen) document.documentElement.dataset.theme = chosen;
