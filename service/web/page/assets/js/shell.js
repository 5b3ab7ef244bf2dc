/* What every page shares: the theme, and the banners for a service that is away or not whole. */

import { byId, h, icon } from "./dom.js";
import { t } from "./strings.js";

const THEMES = ["system", "light", "dark"];

function setTheme(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    /* Storage is off: the choice lasts as long as the page. */
  }
  byId("theme").setAttribute("aria-label", t(`shell.theme_${theme}`));
  byId("theme").title = t(`shell.theme_${theme}`);
}

byId("theme").addEventListener("click", () => {
  const now = document.documentElement.dataset.theme ?? "system";
  setTheme(THEMES[(THEMES.indexOf(now) + 1) % THEMES.length]);
});
setTheme(document.documentElement.dataset.theme ?? "system");

function banner(id, text, kind) {
  const known = byId(id);
  if (!text) known?.remove();
  else if (!known) byId("banners").append(h("p", { class: `banner ${kind}`, id }, icon("warn"), text));
}

/** Shows or takes away the word that search goes by words alone. */
export const setDegraded = (is) => banner("degraded", is && t("shell.degraded"), "");

/** The page answers to its reader from here on. */
export const ready = () => byId("main").removeAttribute("aria-busy");

const setOffline = (is) => banner("offline", is && t("shell.offline"), "offline");
document.addEventListener("offline-seen", () => setOffline(true));
document.addEventListener("online-seen", () => setOffline(false));
addEventListener("offline", () => setOffline(true));
addEventListener("online", () => setOffline(false));
