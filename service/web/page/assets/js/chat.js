/* Words in the box become a turn: a question's answer or a claim's verdict, with what happened on the way. */

import { follow, get } from "./api.js";
import { actions } from "./actions.js";
import { answerBody, provenance } from "./answer.js";
import { citedText } from "./citations.js";
import { ensureOpen, list, openId } from "./conversations.js";
import { byId, h } from "./dom.js";
import { kindOf } from "./kinds.js";
import { problemBox } from "./problem.js";
import { ready, setDegraded } from "./shell.js";
import { warm } from "./source.js";
import { progress } from "./stages.js";
import { t } from "./strings.js";
import { verdictCard } from "./verdict.js";
import { welcome } from "./welcome.js";

const words = byId("words");
let chosen = null; // the reader's own choice of question or claim, until the words are sent
let running = null;

const kindNow = () => chosen ?? kindOf(words.value);

function showKind() {
  const kind = kindNow();
  for (const radio of byId("composer").elements.kind) radio.checked = radio.value === kind;
  byId("took").textContent = words.value.trim() && !chosen ? t(`chat.took_${kind}`) : "";
}

words.addEventListener("input", showKind);
words.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId("composer").requestSubmit();
  }
});
for (const radio of byId("composer").elements.kind)
  radio.addEventListener("change", () => {
    chosen = radio.value;
    showKind();
  });

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = words.value.trim();
  if (!text || running) return words.focus();
  send(text, kindNow(), byId("as-of").value || null);
  words.value = "";
  chosen = null;
  showKind();
});

/** Sends words and shows their turn; `kind` is "question" or "claim". */
export async function send(text, kind, asOf) {
  byId("welcome").hidden = true;
  const turn = openTurn(text, kind, asOf);
  const stop = new AbortController();
  running = stop;
  turn.body.replaceChildren(turn.progress.element);
  turn.progress.onstop(() => stop.abort());
  try {
    const path = `/v1/conversations/${encodeURIComponent(await ensureOpen(text))}/turns`;
    const body = { kind, said: text, ...(asOf && { as_of: asOf }) };
    const { number, answer, report } = await follow(path, body, (event, data) => hear(turn, event, data), stop.signal);
    turn.element.id = `turn-${number}`;
    showResult(turn, kind, answer ?? report);
  } catch (error) {
    if (error.name === "AbortError") turn.body.replaceChildren(h("p", { class: "muted" }, t("chat.stopped")));
    else turn.body.replaceChildren(problemBox(error, () => (turn.element.remove(), send(text, kind, asOf))));
  } finally {
    running = null;
  }
}

function openTurn(text, kind, asOf) {
  const body = h("div", { class: "turn-body" });
  const element = h(
    "li",
    { class: `turn is-${kind}` },
    h("p", { class: "turn-kind small muted" }, t(`chat.${kind}`), asOf && ` · ${t("chat.judged_as_of", { day: asOf })}`),
    h("h2", { class: "asked", dir: "auto" }, text),
    body,
  );
  byId("turns").append(element);
  element.scrollIntoView({ block: "start" });
  return { element, body, progress: progress(), sentences: null };
}

function hear(turn, event, data) {
  if (event === "stage") turn.progress.reach(data.stage, data.count);
  if (event === "sentence") {
    turn.sentences ??= turn.body.appendChild(h("p", { class: "answer-text", dir: "auto" }));
    turn.sentences.append(...citedText(data.text, data.citations).flat(), " ");
    warm(data.citations);
  }
}

/* Puts a result into its turn, whether it has just come or was kept. */
function showResult(turn, kind, result) {
  setDegraded(result.degraded);
  warm(result.citations);
  const problems = (result.problems ?? []).map((problem) => h("p", { class: "small note" }, problem.message));
  const shown = kind === "question" ? answerBody(result) : verdictCard(result);
  turn.element.classList.add("is-done"); // a verdict shows the claim itself, marked
  turn.body.replaceChildren(shown, ...problems, h("footer", { class: "turn-foot" }, actions(kind, result, turn.element.id), provenance(result)));
}

/** Shows the turns of the conversation that the address names. */
async function showKept(id) {
  byId("welcome").hidden = true;
  try {
    const { turns } = await get(`/v1/conversations/${encodeURIComponent(id)}`);
    for (const { number, kind, said, as_of: asOf, answer, report } of turns) {
      const turn = openTurn(said, kind, asOf);
      turn.element.id = `turn-${number}`;
      showResult(turn, kind, answer ?? report);
    }
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "start" });
  } catch (error) {
    byId("turns").replaceChildren(h("li", null, problemBox(error, () => (byId("turns").replaceChildren(), showKept(id)))));
  }
}

if (openId()) await showKept(openId());
else welcome(send);
list();
addEventListener("popstate", () => location.reload());
showKind();
ready();
