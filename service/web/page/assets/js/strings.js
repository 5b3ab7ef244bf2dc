/* Every word that the page says comes from one file a language, beside the scripts. */

const language = document.documentElement.lang;
const response = await fetch(new URL(`../strings/${language}.json`, import.meta.url));
const groups = await response.json();
const plural = new Intl.PluralRules(language);

/** The string "group.name" with its {values} filled in; a string with forms is chosen by `values.n`. */
export function t(key, values = {}) {
  const [group, name] = key.split(".");
  const found = groups[group]?.[name];
  if (found === undefined) throw new Error(`no string ${key} in strings/${language}.json`);
  const text = typeof found === "string" ? found : (found[plural.select(values.n)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (_, value) => {
    const given = values[value];
    return typeof given === "number" ? given.toLocaleString(language) : String(given);
  });
}

/** The string, or null where the file has none: for codes that a server newer than the page may send. */
export const tryText = (key, values) => (groups[key.split(".")[0]]?.[key.split(".")[1]] === undefined ? null : t(key, values));

/** A date such as 2014-03-04 in words. */
export function day(iso) {
  if (!iso) return null;
  const [year, month, date] = iso.slice(0, 10).split("-").map(Number);
  const options = { dateStyle: "medium", timeZone: "UTC" };
  return new Date(Date.UTC(year, month - 1, date)).toLocaleDateString(language, options);
}

/** A moment such as 2026-11-24T11:30:00Z in words, in the reader's time zone. */
export const moment = (iso) => new Date(iso).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });

export const percent = (share) => share.toLocaleString(language, { style: "percent", maximumFractionDigits: 0 });
