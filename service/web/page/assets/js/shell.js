/* What every page shares: the theme, and the banners for a service that is away or not whole. */

import { byId, h, icon } from "./dom.js";
import { t } from "./strings.js";

const THEMES = ["system", "light", "dark"];
const root = document.documentElement.dataset;

function setTheme(theme) {
  if (theme === "system") delete root.theme;
  else root.theme = theme;
  try {
    localStorage.setItem("theme", theme === "system" ? "" : theme);
  } catch {
    /* Storage is off: the choice lasts as long as the page. */
  }
  byId("theme").title = t(`shell.theme_${theme}`);
  byId("theme").setAttribute("aria-label", byId("theme").title);
}

byId("theme").addEventListener("click", () => setTheme(THEMES[(THEMES.indexOf(root.theme ?? "system") + 1) % THEMES.length]));
setTheme(root.theme ?? "system");

function banner(id, isShown, text) {
  if (!isShown) byId(id)?.remove();
  else if (!byId(id)) byId("banners").append(h(`p.banner.${id}`, { id }, icon("warn"), text));
}

/** Shows or takes away the word that search goes by words alone. */
export const setDegraded = (is) => banner("degraded", is, t("shell.degraded"));

/** The page answers to its reader from here on. */
export const ready = () => byId("main").removeAttribute("aria-busy");

const setOffline = (is) => banner("offline", is, t("shell.offline"));
for (const [name, is] of [["offline-seen", true], ["online-seen", false]]) document.addEventListener(name, () => setOffline(is));
for (const [name, is] of [["offline", true], ["online", false]]) addEventListener(name, () => setOffline(is));
