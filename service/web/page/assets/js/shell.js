/* What every page shares: the theme, and the banners for a service that is away or not whole. */

import { byId, h, icon } from "./dom.js";
import { t } from "./strings.js";

const root = document.documentElement.dataset;

byId("theme").addEventListener("click", () => {
  root.theme = (root.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches && "dark")) === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.theme);
  } catch {
    /* Storage is off: the choice lasts as long as the page. */
  }
});

function banner(id, isShown, text) {
  if (!isShown) byId(id)?.remove();
  else if (!byId(id)) byId("banners").append(h(`p.banner.row.${id}`, { id }, icon("warn"), text));
}

/** Shows or takes away the word that search goes by words alone. */
export const setDegraded = (is) => banner("degraded", is, t("shell.degraded"));

/** The page answers to its reader from here on. */
export const ready = () => byId("main").removeAttribute("aria-busy");

/* The browser says so when it has no network, and `api.js` when the service does not answer. */
for (const name of ["offline", "online"]) addEventListener(name, () => banner("offline", name === "offline", t("shell.offline")));
