/* The reader's theme is set before the first paint, so that a dark page never flashes white. Without storage this fails. */
const chosen = localStorage.getItem("theme");
if (chosen) document.documentElement.dataset.theme = chosen;
