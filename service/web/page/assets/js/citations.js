/* Citations become numbered buttons: hovering shows the passage, pressing opens the article at it. */

import { sectionName } from "./article.js";
import { byId, h } from "./dom.js";
import { openSource } from "./source.js";
import { day, t } from "./strings.js";

/** What stands under a passage: title, date, section. */
export function sourceMeta(citation) {
  return h(
    "span",
    { class: "meta" },
    h("span", { dir: "auto" }, citation.title ?? t("source.untitled")),
    citation.published && h("time", { datetime: citation.published }, day(citation.published)),
    h("span", null, sectionName(citation.section)),
  );
}

const DOUBTFUL = new Set(["misattributed"]);

/** A numbered citation. `among` are those of the same result: the pane steps through them. */
export function chip(citation, among = [citation]) {
  const doubtful = DOUBTFUL.has(citation.state);
  const label = t("cite.open", { n: citation.number, title: citation.title ?? t("source.untitled") });
  const element = h(
    "button",
    {
      type: "button",
      class: `cite${doubtful ? ` is-${citation.state}` : ""}`,
      "aria-label": doubtful ? `${label} (${t(`states.${citation.state}`)})` : label,
      "data-number": citation.number,
      onclick: () => (hide(), openSource(citation, among, element)),
      onpointerenter: (event) => event.pointerType === "mouse" && show(element, citation),
      onpointerleave: () => hideSoon(),
      onfocus: () => element.matches(":focus-visible") && show(element, citation),
      onblur: hide,
      onkeydown: (event) => event.key === "Escape" && hide(),
    },
    String(citation.number),
  );
  return element;
}

/** Text with its [n] markers turned into the citations of those numbers; an unknown number stays text. */
export function citedText(text, citations) {
  const byNumber = new Map(citations.map((citation) => [citation.number, citation]));
  return text.split(/(\[\d+\])/).map((piece) => {
    const citation = /^\[\d+\]$/.test(piece) && byNumber.get(Number(piece.slice(1, -1)));
    return citation ? chip(citation, citations) : piece.replace(/ $/, "\u00a0");
  });
}

/** The sources of a result as a list: each opens at its sentence. */
export function sourceList(citations) {
  return h(
    "ol",
    { class: "sources" },
    citations.map((citation) =>
      h(
        "li",
        { class: "source" },
        chip(citation, citations),
        h("div", null, h("blockquote", { dir: "auto" }, citation.quote), sourceMeta(citation)),
      ),
    ),
  );
}

let hiding = 0;

function show(anchor, citation) {
  clearTimeout(hiding);
  const preview = byId("preview");
  const state = !DOUBTFUL.has(citation.state) ? null : h("p", { class: "small" }, t(`states.${citation.state}`));
  preview.replaceChildren(h("blockquote", { dir: "auto" }, citation.quote), sourceMeta(citation), ...(state ? [state] : []));
  preview.onpointerenter = () => clearTimeout(hiding);
  preview.onpointerleave = hide;
  preview.showPopover();
  anchor.setAttribute("aria-describedby", "preview");
  const box = anchor.getBoundingClientRect();
  const own = preview.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left + box.width / 2 - own.width / 2), innerWidth - own.width - 8);
  const above = box.top - own.height - 6;
  preview.style.left = `${left}px`;
  preview.style.top = `${above > 8 ? above : box.bottom + 6}px`;
}

function hide() {
  clearTimeout(hiding);
  const preview = byId("preview");
  if (preview.matches(":popover-open")) preview.hidePopover();
}

/* The pointer may travel from the number into the passage without losing it. */
function hideSoon() {
  clearTimeout(hiding);
  hiding = setTimeout(hide, 150);
}
