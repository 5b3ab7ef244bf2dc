/* The running judge's measured figures become tables and a reliability diagram. */

import { get } from "./api.js";
import { byId, h, s } from "./dom.js";
import { problemBox } from "./problem.js";
import { ready } from "./shell.js";
import { day, percent, t } from "./strings.js";

const SIZE = 320; // of the diagram, in its own units
const share = (value) => (value === null ? "–" : percent(value));

async function show() {
  const place = byId("measured");
  try {
    const { judge, backend, measured } = await get("/v1/quality");
    place.replaceChildren(...(measured ? figures(measured) : [unmeasured(judge, backend)]));
  } catch (error) {
    place.replaceChildren(problemBox(error, show));
  }
}

const unmeasured = (judge, backend) => h("div", { class: "empty" }, h("h2", null, t("quality.unmeasured")), h("p", null, t("quality.unmeasured_more", { judge, backend })));

function figures(measured) {
  return [
    h("p", { class: "meta" }, h("span", null, t("quality.judge", { judge: measured.judge })), h("span", null, day(measured.measured)), h("span", null, t("quality.cores", { n: measured.cores })), h("code", null, measured.command)),
    h("div", { class: "panels" }, reliability(measured), thresholds(measured)),
    sets(measured),
  ];
}

function reliability({ reliability: bins, calibration_error: gap }) {
  const mostRows = Math.max(...bins.map((bin) => bin.n));
  const x = (value) => SIZE * value;
  const y = (value) => SIZE * (1 - value);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const picture = s(
    "svg",
    { class: "diagram", viewBox: `-44 -12 ${SIZE + 60} ${SIZE + 60}`, role: "img", "aria-label": t("quality.diagram", { gap: percent(gap) }) },
    ticks.flatMap((at) => [s("line", { class: "grid", x1: 0, x2: SIZE, y1: y(at), y2: y(at) }), s("text", { x: -8, y: y(at) + 4, "text-anchor": "end" }, percent(at)), s("text", { x: x(at), y: SIZE + 18, "text-anchor": "middle" }, percent(at))]),
    bins.map((bin) => s("rect", { class: "rows", x: x(bin.low) + 1, width: x(bin.high - bin.low) - 2, y: y((0.25 * bin.n) / mostRows), height: SIZE * 0.25 * (bin.n / mostRows) })),
    s("line", { class: "even", x1: 0, y1: SIZE, x2: SIZE, y2: 0 }),
    s("polyline", { class: "line", points: bins.map((bin) => `${x(bin.said)},${y(bin.right)}`).join(" ") }),
    bins.map((bin) => s("circle", { class: "dot", cx: x(bin.said), cy: y(bin.right), r: 4 })),
    s("text", { x: SIZE / 2, y: SIZE + 40, "text-anchor": "middle" }, t("quality.said")),
  );
  const rows = bins.map((bin) => [`${percent(bin.low)} – ${percent(bin.high)}`, bin.n.toLocaleString(), share(bin.said), share(bin.right)]);
  return panel(
    t("quality.reliability"),
    t("quality.reliability_more", { gap: percent(gap) }),
    picture,
    h("details", null, h("summary", null, t("quality.as_table")), table([t("quality.sure"), t("quality.verdicts"), t("quality.said"), t("quality.right")], rows)),
  );
}

function thresholds({ thresholds: rows }) {
  const cells = rows.map((row) => [row.threshold ? t("quality.from", { share: percent(row.threshold) }) : t("quality.every"), share(row.coverage), share(row.right)]);
  return panel(t("quality.thresholds"), t("quality.thresholds_more"), table([t("quality.heard"), t("quality.coverage"), t("quality.right")], cells));
}

function sets({ sets: found }) {
  const cells = found.map((one) => [one.name, one.n.toLocaleString(), `${share(one.accuracy)} (${share(one.low)} – ${share(one.high)})`, share(one.decided), share(one.supported_right), share(one.refuted_right)]);
  return panel(t("quality.sets"), t("quality.sets_more"), table([t("quality.set"), t("quality.claims"), t("quality.accuracy"), t("quality.decided"), t("quality.supported_right"), t("quality.refuted_right")], cells));
}

const panel = (title, more, ...content) => h("section", { class: "panel card" }, h("h2", null, title), h("p", { class: "small muted" }, more), ...content);

/* Wide tables scroll in a box of their own, which the keyboard can reach. */
function table(heads, rows) {
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "group", "aria-label": heads.join(", ") },
    h("table", null, h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", null, rows.map(([head, ...cells]) => h("tr", null, h("th", { scope: "row" }, head), cells.map((cell) => h("td", null, cell)))))),
  );
}

show().then(ready);
