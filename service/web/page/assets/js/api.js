/* Requests to the service: JSON in, JSON or a stream of events out, and an error that says what to do. */

/** A problem document (RFC 9457), or the network's own failure as one with the code "offline". */
export class Problem extends Error {
  constructor(body) {
    super(body.detail ?? body.title ?? "");
    this.code = body.code ?? "unknown";
    this.status = body.status ?? 0;
  }
}

export const OFFLINE = "offline";
const NEEDS_KEY = new Set(["key_required", "unknown_key"]);

/** The reader's API key, kept as long as the tab: a desk with keys needs one, the local user's none. */
const key = { get: () => sessionStorage.getItem("key"), set: (value) => sessionStorage.setItem("key", value) };

async function request(method, path, options = {}) {
  try {
    return await send(method, path, options);
  } catch (error) {
    if (!NEEDS_KEY.has(error.code)) throw error;
    const { askForKey } = await import("./sign_in.js"); // most desks never need it
    key.set(await askForKey(error.message));
    return request(method, path, options);
  }
}

async function send(method, path, { body, accept = "application/json", signal }) {
  const isForm = body instanceof FormData;
  let response;
  try {
    response = await fetch(path, {
      method,
      signal,
      headers: {
        Accept: accept,
        ...(body && !isForm ? { "Content-Type": "application/json" } : {}),
        ...(key.get() ? { Authorization: `Bearer ${key.get()}` } : {}),
      },
      body: body && !isForm ? JSON.stringify(body) : body,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    document.dispatchEvent(new CustomEvent("offline-seen"));
    throw new Problem({ code: OFFLINE, detail: "" });
  }
  document.dispatchEvent(new CustomEvent("online-seen"));
  if (response.ok) return response;
  throw new Problem(await problemOf(response));
}

async function problemOf(response) {
  const fallback = { code: `http_${response.status}`, status: response.status, detail: response.statusText };
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) return fallback;
  return { ...fallback, ...(await response.json()) };
}

/** The JSON that a path answers with; null for an empty answer. */
export async function call(method, path, options) {
  const response = await request(method, path, options);
  return response.status === 204 ? null : response.json();
}

export const get = (path, options) => call("GET", path, options);
export const post = (path, body, options) => call("POST", path, { ...options, body });

/** The text that a path answers with, where it is no JSON. */
export const fetchText = async (method, path, options) => (await request(method, path, { accept: "*/*", ...options })).text();

/** Posts, tells `listen(kind, data)` of every event, and returns the result. */
export async function follow(path, body, listen, signal) {
  const response = await request("POST", path, { body, accept: "text/event-stream, application/json;q=0.9", signal });
  if (!(response.headers.get("Content-Type") ?? "").startsWith("text/event-stream")) return response.json();
  for await (const { kind, data } of events(response.body)) {
    if (kind === "result") return data;
    if (kind === "problem") throw new Problem(data);
    listen(kind, data);
  }
  throw new Problem({ code: OFFLINE, detail: "" });
}

/** A stream of server-sent events as {kind, data} with data read as JSON. */
export async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    rest += read.value;
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = block.split(/\r?\n/);
      const field = (name) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ""));
      const data = field("data").join("\n");
      if (data) yield { kind: field("event")[0] ?? "message", data: JSON.parse(data) };
    }
  }
}
