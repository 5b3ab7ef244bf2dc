/* Every word that the page says comes from one file a language, beside the scripts. */

const language = document.documentElement.lang;
const groups = await (await fetch(new URL(`../strings/${language}.json`, import.meta.url))).json();
const plural = new Intl.PluralRules(language);

const find = (key) => key.split(".").reduce((place, name) => place?.[name], groups);

/** The string "group.name" with its {values} filled in; a string with forms is chosen by `values.n`. */
export function t(key, values = {}) {
  const found = find(key);
  if (found === undefined) throw new Error(`no string ${key} in strings/${language}.json`);
  const text = typeof found === "string" ? found : (found[plural.select(values.n)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? values[name].toLocaleString(language) : String(values[name])));
}

/** The string, or `otherwise` where the file has none: for codes that a server newer than the page may send. */
export const tryText = (key, otherwise, values) => (find(key) === undefined ? otherwise : t(key, values));

/** A date such as 2014-03-04 in words. */
export const day = (iso) => new Date(`${iso.slice(0, 10)}T00:00Z`).toLocaleDateString(language, { dateStyle: "medium", timeZone: "UTC" });

/** A moment such as 2026-11-24T11:30:00Z in words, in the reader's time zone. */
export const moment = (iso) => new Date(iso).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });

export const percent = (share) => share.toLocaleString(language, { style: "percent", maximumFractionDigits: 0 });
