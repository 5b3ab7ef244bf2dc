/* Values become elements; a string always becomes a text node, never markup. */

/** An element. `props`: attributes by name, and listeners as `onclick`; null and false are left out. */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element; `props` are attributes. */
export function s(tag, props, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props ?? {})) element.setAttribute(name, value);
  element.append(...children.flat());
  return element;
}

/** An icon of the sprite, for the eye only. */
export function icon(name, sprite = "i") {
  return s("svg", { class: "icon", "aria-hidden": "true" }, s("use", { href: `#${sprite}-${name}` }));
}

/** A link to a web address out of an article, or just its text when it is no web address. */
export function outsideLink(address, ...children) {
  let parsed = null;
  try {
    parsed = new URL(address);
  } catch {
    /* A file's path, say: it is shown, not followed. */
  }
  if (!parsed || !["http:", "https:"].includes(parsed.protocol)) return h("span", { dir: "auto" }, ...children);
  return h("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer nofollow", dir: "auto" }, ...children);
}

/** A button. */
export function button(label, onclick, { kind = "", glyph = null, square = false, ...props } = {}) {
  return h(
    "button",
    { type: "button", class: `button ${kind}${square ? " square" : ""}`, onclick, "aria-label": square ? label : null, title: square ? label : null, ...props },
    glyph && icon(glyph),
    square ? null : h("span", null, label),
  );
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
