/* Citations become numbered buttons: hovering shows the passage, pressing opens the article at it. */

import { sectionName } from "./article.js";
import { openSource } from "./article_pane.js";
import { byId, h, meta } from "./dom.js";
import { day, t } from "./strings.js";

const titleOf = (citation) => citation.title ?? t("source.untitled");

const passage = (citation, quote) => [
  h("blockquote", quote),
  meta(titleOf(citation), URL.parse(citation.url)?.hostname || null, citation.published && day(citation.published), sectionName(citation.section)),
];

const doubtOf = ({ state }) => state === "misattributed" && t(`states.${state}`);

/** A numbered citation; the pane steps through those `among` which it stands. */
export function chip(citation, among = [citation]) {
  const doubt = doubtOf(citation);
  const label = t("cite.open", { n: citation.number, title: titleOf(citation) });
  const element = h(
    `button.cite${doubt ? ".is-doubtful" : ""}`,
    {
      "aria-label": doubt ? `${label} (${doubt})` : label,
      onclick: () => (hide(), openSource(citation, among, element)),
      onpointerenter: ({ pointerType }) => pointerType === "mouse" && show(element, citation),
      onpointerleave: hideSoon,
      onfocus: () => element.matches(":focus-visible") && show(element, citation),
      onblur: hide,
      onkeydown: ({ key }) => key === "Escape" && hide(),
    },
    String(citation.number),
  );
  return element;
}

/** Text with its [n] markers as citations; an unknown number stays text. */
export function citedText(text, citations) {
  return text.split(/(\[\d+\])/).map((piece) => {
    const citation = citations.find(({ number }) => piece === `[${number}]`);
    return citation ? chip(citation, citations) : piece.replace(/ $/, "\u00a0");
  });
}

/** The sources of a result as a list; `quoteOf(citation)` gives a passage's text, or pieces of it. */
export function sourceList(citations, among = citations, quoteOf = (citation) => citation.quote) {
  return h("ol.sources", citations.map((citation) => h("li.source", chip(citation, among), h("div", passage(citation, quoteOf(citation))))));
}

let hiding = 0;

function show(anchor, citation) {
  clearTimeout(hiding);
  const preview = byId("preview");
  const doubt = doubtOf(citation);
  preview.replaceChildren(...passage(citation, citation.quote), doubt ? h("p.small", doubt) : "");
  preview.onpointerenter = () => clearTimeout(hiding);
  preview.onpointerleave = hide;
  preview.showPopover({ source: anchor }); // the style sheet puts it there
  anchor.setAttribute("aria-describedby", "preview");
}

function hide() {
  clearTimeout(hiding);
  byId("preview").togglePopover(false);
}

/* The pointer may travel from the number into the passage without losing it. */
function hideSoon() {
  clearTimeout(hiding);
  hiding = setTimeout(hide, 150);
}
