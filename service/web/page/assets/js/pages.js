/* A list of the service is shown page by page; the question asked last is the one that is answered. */

import { get } from "./api.js";
import { button, byId, h } from "./dom.js";
import { attempt } from "./problem.js";
import { t } from "./strings.js";

const ROWS = 50; // of a page

/** A function that shows the list anew. `query()` gives the wanted filters; `told(n, hasMore, query)` hears how many rows
 *  there are. Where there is none, `PLACE-empty` of the page is shown, if it has one, or with filters `PLACE-none`. */
export function listOf(place, path, key, { query, row, told = () => {} }) {
  let latest = 0;
  const list = h(`ul.${key}`);
  return function load(cursor = null) {
    const asked = ++latest;
    const wanted = Object.fromEntries(Object.entries(query()).filter(([, value]) => value));
    return attempt(place, async () => {
      const page = await get(`${path}?${new URLSearchParams({ limit: ROWS, ...wanted, ...(cursor && { cursor }) })}`);
      if (asked !== latest) return;
      if (!cursor) list.replaceChildren();
      list.append(...page[key].map(row));
      const n = list.childElementCount;
      const word = n ? null : Object.keys(wanted).length ? "none" : "empty";
      for (const each of ["none", "empty"]) byId(`${place.id}-${each}`)?.toggleAttribute("hidden", each !== word);
      place.replaceChildren(list);
      if (page.next) place.append(button(t("archive.more"), () => load(page.next), "more"));
      told(n, page.next, wanted);
    });
  };
}

export function followTyping(input, load) {
  let typing = 0;
  input.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(load, 150);
  });
}
