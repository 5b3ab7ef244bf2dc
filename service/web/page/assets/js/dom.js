/* Values become elements; a string always becomes a text node, never markup. */

const SVG = "http://www.w3.org/2000/svg";
const isProps = (value) => Object.getPrototypeOf(value ?? 0) === Object.prototype;
const isThere = (value) => value !== null && value !== undefined && value !== false;

/** An element: h("p.small", { id: "x" }, ...children). Props, which may be left out, are attributes by name and listeners
 *  such as `onclick`; what is null or false is left out. */
export function h(tag, ...rest) {
  const [name, ...classes] = tag.split(".");
  const element = ["svg", "use"].includes(name) ? document.createElementNS(SVG, name) : document.createElement(name);
  if (classes.length) element.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(isProps(rest[0]) ? rest.shift() : {})) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (isThere(value)) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...rest.flat(Infinity).filter(isThere));
  return element;
}

/** An icon of the sprite, for the eye only. */
export const icon = (name) => h("svg.icon", { "aria-hidden": "true" }, h("use", { href: `#i-${name}` }));

/** A button. `look` is "primary", "quiet", or "quiet.square": its label is told, and its icon shown. */
export function button(label, onclick, look = "", glyph = "", props = {}) {
  const isSquare = look.includes("square");
  const told = isSquare ? { "aria-label": label, title: label } : {};
  return h(`button.button.${look}`, { onclick, ...told, ...props }, glyph && icon(glyph), isSquare ? null : h("span", label));
}

export const linkButton = (label, href, look = "", glyph = "") => h(`a.button.${look}`, { href }, glyph && icon(glyph), label);

/** Short facts in one line; what is null or false is left out. */
export const meta = (...told) => h("span.meta", told.filter(isThere).map((each, at) => [at > 0 && " · ", h("span", each)]));

/** Names and values, as [name, value]; a row that is false is left out. */
export const facts = (rows) => h("dl.facts.row", rows.filter(Boolean).map(([name, value]) => h("div", h("dt", name), h("dd", value))));

export const folded = (name, summary, ...content) => h(`details.${name}`, h("summary", summary), ...content);

/** A link to a web address out of an article, or just its text when it is no web address. */
export function outsideLink(address, text) {
  return /^https?:\/\//i.test(address) ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, text) : h("span", text);
}

export const status = (words) => h("p.small.muted", { role: "status" }, words);

export const byId = (id) => document.getElementById(id);
export const onPress = (id, act) => byId(id).addEventListener("click", act);

let toastTimer = 0;

export function toast(text) {
  const place = byId("toast");
  place.replaceChildren(text);
  place.showPopover();
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => place.hidePopover(), 4000);
}
