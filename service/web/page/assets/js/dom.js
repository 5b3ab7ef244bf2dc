/* Values become elements; a string always becomes a text node, never markup. */

const isProps = (value) => Object.getPrototypeOf(value ?? 0) === Object.prototype;
const isThere = (value) => value !== null && value !== undefined && value !== false;

function build(make, tag, rest) {
  const [name, ...classes] = tag.split(".");
  const element = make(name);
  if (classes.length) element.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(isProps(rest[0]) ? rest.shift() : {})) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (isThere(value)) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...rest.flat(Infinity).filter(isThere));
  return element;
}

/** An element: h("p.small", { id: "x" }, ...children). Props may be left out: attributes by name, and listeners as
 *  `onclick`. Of props and children, what is null or false is left out. */
export const h = (tag, ...rest) => build((name) => document.createElement(name), tag, rest);

/** The same of SVG. */
export const s = (tag, ...rest) => build((name) => document.createElementNS("http://www.w3.org/2000/svg", name), tag, rest);

/** An icon of the sprite, for the eye only. */
export const icon = (name) => s("svg.icon", { "aria-hidden": "true" }, s("use", { href: `#i-${name}` }));

/** A button. `look` is classes such as "primary" or "quiet"; with "square" the label is told, and the icon shown. */
export function button(label, onclick, look = "", glyph = "", props = {}) {
  const isSquare = look.includes("square");
  const told = isSquare ? { "aria-label": label, title: label } : {};
  return h(`button.button.${look}`, { type: "button", onclick, ...told, ...props }, glyph && icon(glyph), isSquare ? null : h("span", label));
}

/** A link that looks like a button. */
export const linkButton = (label, href, look = "", glyph = "") => h(`a.button.${look}`, { href }, glyph && icon(glyph), label);

/** Names and values, as [name, value]; a row that is false is left out. */
export const facts = (rows) => h("dl.facts", rows.filter(Boolean).map(([name, value]) => h("div", h("dt", name), h("dd", value))));

/** A part of a page under its own heading. */
export const section = (name, title, ...content) => h(`section.${name}`, { "aria-labelledby": `${name}-title` }, h("h2", { id: `${name}-title`, tabindex: "-1" }, title), ...content);

/** What can be unfolded. */
export const folded = (name, summary, ...content) => h(`details.${name}`, h("summary", summary), ...content);

/** A link to a web address out of an article, or just its text when it is no web address. */
export function outsideLink(address, text) {
  const isWeb = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  return isWeb ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, text) : h("span", text);
}

export const byId = (id) => document.getElementById(id);

/** Says a short thing at the foot of the page, for the eye and for screen readers. */
let toastTimer = 0;
export function toast(text) {
  const place = byId("toast");
  place.replaceChildren(text);
  place.showPopover();
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => place.hidePopover(), 4000);
}
