/* The desk's queue: claims by state and person, each one click from its file. */

import { fetchText, post } from "./api.js";
import { openFile, stateMark } from "./claim_file.js";
import { ask } from "./dialog.js";
import { byId, h, meta, onPress } from "./dom.js";
import { download } from "./files.js";
import { followTyping, listOf } from "./pages.js";
import { attempt } from "./problem.js";
import { takeSample } from "./sample.js";
import { ready } from "./shell.js";
import { moment, t } from "./strings.js";
import { badge } from "./verdict.js";

const filters = () => ({ state: byId("state").value, assignee: byId("assignee").value.trim() });
const list = listOf(byId("queue-list"), "/v1/claims", "claims", { query: filters, row, told: markChosen });

function row({ id, text, state, assignee, received, machine_label: machine, decision }) {
  const said = (who, label) => label && h("span.said.row.muted", t(who), badge(label));
  return h(
    "li",
    h(
      "button.claim-row.tile",
      { "data-claim": id, onclick: () => choose(id) },
      h("span.claim-text.clamped", text),
      meta(stateMark(state), assignee, moment(received)),
      h("span.row", said("desk.machine", machine), said("desk.person", decision?.label)),
    ),
  );
}

const chosen = () => new URLSearchParams(location.search).get("claim");

function markChosen() {
  for (const each of document.querySelectorAll("[data-claim]")) each.ariaCurrent = each.dataset.claim === chosen() ? "true" : null;
}

/* On a small screen the file covers the queue. */
function choose(id) {
  history.replaceState(null, "", id ? `/desk?claim=${encodeURIComponent(id)}` : "/desk");
  byId("split").classList.toggle("has-file", Boolean(id));
  openFile(id, list);
  markChosen();
}

async function add(receive) {
  const claim = await attempt(byId("queue-problem"), receive);
  if (!claim) return;
  await list();
  choose(claim.id);
}

/* A claim that the sample article speaks against, with the article that does so. */
onPress("sample", () => add(() => takeSample().then(() => post("/v1/claims", { text: t("welcome.slip") }))));

onPress("back", () => choose(null));
byId("state").addEventListener("change", () => list());
followTyping(byId("assignee"), list);
onPress("add", async () => {
  const given = await ask("add-claim");
  if (given) await add(() => post("/v1/claims", given));
});
onPress("export", () =>
  attempt(byId("queue-problem"), async () => {
    const query = new URLSearchParams(byId("state").value && { state: byId("state").value });
    download(await fetchText("GET", `/v1/claims/export?${query}`), "claims.csv");
  }),
);

choose(chosen());
list();
ready();
