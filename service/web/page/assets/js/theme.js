/* The reader's theme is set before the first paint, so that a dark page never flashes white. */
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  /* Storage is off: the system's theme stands. */
}
