/* An empty chat becomes a way in: take in the sample, or try what the archive can answer. */

import { get, fetchText, post } from "./api.js";
import { button, byId, h } from "./dom.js";
import { problemBox } from "./problem.js";
import { t } from "./strings.js";

const SAMPLE = "sample: voa-japan-russia-ukraine.txt";

/** Fills the starters; `send(text, kind)` is called when one is taken. */
export async function welcome(send) {
  const place = byId("starters");
  try {
    const { articles } = await get("/v1/articles?limit=1");
    place.replaceChildren(articles.length ? await examples(send) : empty(send));
  } catch (error) {
    place.replaceChildren(problemBox(error, () => welcome(send)));
  }
}

function empty(send) {
  const take = button(t("welcome.take_sample"), () => takeSample(take, send), { kind: "primary", glyph: "add" });
  return h("div", { class: "empty" }, h("h2", null, t("welcome.empty")), h("p", null, t("welcome.empty_more")), h("div", { class: "row" }, take, h("a", { class: "button", href: "/archive" }, t("welcome.archive"))));
}

/** Takes in the sample article, as any article would be. */
export async function takeSample(control, send) {
  control.disabled = true;
  try {
    const text = await fetchText("GET", new URL("../sample.txt", import.meta.url));
    await post("/v1/articles", { text, source: SAMPLE });
    byId("starters").replaceChildren(await examples(send));
  } catch (error) {
    control.replaceWith(problemBox(error, () => welcome(send)));
  }
}

/* The examples speak of the sample: they stand only where it was taken in. */
async function examples(send) {
  const { articles } = await get(`/v1/articles?source=${encodeURIComponent(SAMPLE)}&limit=1`);
  if (!articles.length) return h("p", { class: "muted" }, t("welcome.ready"));
  const rows = [
    ["claim", t("welcome.example_1")],
    ["claim", t("welcome.example_2")],
    ["question", t("welcome.example_3")],
  ];
  return h(
    "ul",
    { class: "starters" },
    rows.map(([kind, text]) => h("li", null, h("button", { type: "button", class: "starter", onclick: () => send(text, kind, null) }, h("span", { class: "kind" }, t(`chat.${kind}`)), text))),
  );
}
