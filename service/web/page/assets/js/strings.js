/* Every word that the page says comes from one file a language, beside the scripts. */

const language = document.documentElement.lang;
const groups = await (await fetch(new URL(`../strings/${language}.json`, import.meta.url))).json();
const plural = new Intl.PluralRules(language);

/** The string "group.name" with its {values} filled in; one with forms is chosen by `values.n`. A name that its group
 *  lacks stands for itself: the service may send a code, or a person's own words. */
export function t(key, values = {}) {
  const [group] = key.split(".", 1);
  const name = key.slice(group.length + 1);
  if (!Object.hasOwn(groups[group], name)) return name;
  const found = groups[group][name];
  const text = typeof found === "string" ? found : (found[plural.select(values.n)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (_, value) => (typeof values[value] === "number" ? values[value].toLocaleString(language) : String(values[value])));
}

/** A date such as 2014-03-04 in words. */
export const day = (iso) => new Date(`${iso.slice(0, 10)}T00:00Z`).toLocaleDateString(language, { dateStyle: "medium", timeZone: "UTC" });

/** A moment such as 2026-11-24T11:30:00Z in words, in the reader's time zone. */
export const moment = (iso) => new Date(iso).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });

export const percent = (share) => share.toLocaleString(language, { style: "percent", maximumFractionDigits: 0 });
