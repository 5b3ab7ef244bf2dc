/* What every page shares: the theme, and the banners for a service that is away or not whole. */

import { byId, onPress } from "./dom.js";

const root = document.documentElement.dataset;

onPress("theme", () => {
  root.theme = (root.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches && "dark")) === "dark" ? "light" : "dark";
  localStorage.setItem("theme", root.theme);
});

/** Says, or no longer, that search goes by words alone. */
export const setDegraded = (is) => (byId("degraded").hidden = !is);

/** The page answers to its reader from here on. */
export const ready = () => byId("main").removeAttribute("aria-busy");

/* The browser says so when it has no network, and `api.js` when the service does not answer. */
for (const name of ["offline", "online"]) addEventListener(name, () => (byId("offline").hidden = name === "online"));
