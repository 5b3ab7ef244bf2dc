/* The desk's queue: claims by state and person, each one click from its file. */

import { get, post } from "./api.js";
import { openFile, stateMark } from "./claim_file.js";
import { formBox } from "./dialog.js";
import { button, byId, h } from "./dom.js";
import { problemBox } from "./problem.js";
import { ready } from "./shell.js";
import { moment, t } from "./strings.js";
import { badge } from "./verdict.js";

const STATES = ["queued", "assigned", "checked", "awaiting_second", "decided", "published", "dismissed"];
const PAGE = 50;

let asked = 0;

async function list(cursor = null) {
  const mine = ++asked;
  const query = new URLSearchParams({ limit: PAGE });
  for (const id of ["state", "assignee"]) if (byId(id).value.trim()) query.set(id, byId(id).value.trim());
  if (cursor) query.set("cursor", cursor);
  try {
    const page = await get(`/v1/claims?${query}`);
    if (mine === asked) show(page, cursor, query);
  } catch (error) {
    if (mine === asked) byId("queue-list").replaceChildren(problemBox(error, () => list(cursor)));
  }
}

function show({ claims, next }, cursor, query) {
  const place = byId("queue-list");
  const rows = claims.map(row);
  if (!cursor) place.replaceChildren(claims.length ? h("ul", { class: "claims" }, rows) : nothing(query));
  else {
    place.querySelector(".more").remove();
    place.querySelector(".claims").append(...rows);
  }
  if (next) place.append(button(t("archive.more"), () => list(next), { kind: "more" }));
  markChosen();
}

function row(claim) {
  const labels = [claim.machine_label && h("span", { class: "said" }, t("desk.machine"), badge(claim.machine_label)), claim.decision && h("span", { class: "said" }, t("desk.person"), badge(claim.decision.label))];
  return h(
    "li",
    null,
    h(
      "button",
      { type: "button", class: "claim-row", "data-claim": claim.id, onclick: () => choose(claim.id) },
      h("span", { class: "claim-text", dir: "auto" }, claim.text),
      h("span", { class: "meta" }, stateMark(claim.state), claim.assignee && h("span", { dir: "auto" }, claim.assignee), h("time", { datetime: claim.received }, moment(claim.received))),
      labels.some(Boolean) && h("span", { class: "row" }, labels),
    ),
  );
}

function nothing(query) {
  const isFiltered = query.has("state") || query.has("assignee");
  return h("div", { class: "empty" }, h("h2", null, isFiltered ? t("desk.none_found") : t("desk.empty")), h("p", null, isFiltered ? t("desk.none_found_more") : t("desk.empty_more")));
}

function choose(id) {
  history.replaceState(null, "", `/desk?claim=${encodeURIComponent(id)}`);
  byId("split").classList.add("has-file");
  openFile(id, { changed: () => list(), back });
  markChosen();
}

/* On a small screen the file covers the queue. */
function back() {
  history.replaceState(null, "", "/desk");
  byId("split").classList.remove("has-file");
  byId("file").replaceChildren(hint());
  markChosen();
}

function markChosen() {
  const chosen = new URLSearchParams(location.search).get("claim");
  for (const each of document.querySelectorAll("[data-claim]")) {
    if (each.dataset.claim === chosen) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
}

const hint = () => h("p", { class: "muted choose" }, t("desk.choose"));

async function add() {
  const given = await formBox(t("desk.add"), [
    { name: "text", label: t("desk.claim"), kind: "textarea", required: true, maxlength: 2000 },
    { name: "claimant", label: t("desk.claimant"), maxlength: 500 },
    { name: "said", label: t("desk.said"), type: "date" },
    { name: "source_url", label: t("desk.source_url"), type: "url", maxlength: 2000 },
  ]);
  if (!given) return;
  try {
    const claim = await post("/v1/claims", given);
    await list();
    choose(claim.id);
  } catch (error) {
    byId("file").replaceChildren(problemBox(error));
  }
}

byId("state").append(...STATES.map((state) => h("option", { value: state }, t(`claim_states.${state}`))));
byId("state").addEventListener("change", () => list());
byId("assignee").addEventListener("input", () => list());
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("add").addEventListener("click", add);

byId("file").replaceChildren(hint());
list();
const wanted = new URLSearchParams(location.search).get("claim");
if (wanted) choose(wanted);
ready();
