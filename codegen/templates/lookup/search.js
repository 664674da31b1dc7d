// The search: from any text to the errors of the catalog that it can be about.

const MAX_TEXT = 200_000;
const MAX_RESULTS = 50;
/** From this score on, an error is the one in the text; below, it is one of several that it can be. */
const SURE = 60;

/** A name without what its notation adds: `RATE_LIMIT` and `RateLimit` are one name. */
const loose = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

const add = (map, key, entry) => {
  const known = map.get(key);
  if (known === undefined) map.set(key, [entry]);
  else if (!known.includes(entry)) known.push(entry);
};

/** The entries by their names. `texts` are their meanings and fixes, in the order of the entries. */
function makeIndex(data, texts) {
  const exact = new Map();
  const similar = new Map();
  const entries = data.entries.map((entry, at) => {
    const stated = Object.entries(entry.names ?? {});
    const names = entry.name === undefined ? [] : [entry.name, ...(entry.also ?? []), ...stated.map(([, name]) => name)];
    const found = { ...entry, at, all: names, text: (texts[at] ?? "").toLowerCase(), messages: entry.messages ?? [] };
    names.forEach((name) => add(exact, name, found));
    names.map(loose).forEach((name) => name === "" || add(similar, name, found));
    return found;
  });
  const styles = data.styles.map((style) => ({ ...style, hasCode: writes([style.body, style.event ?? null], "code") }));
  return { ...data, entries, styles, exact, similar };
}

/** Whether an error is sent with a status: its own, or one that an operation states. */
const hasStatus = (entry, status) => entry.status === status || (entry.statuses?.includes(status) ?? false);

/** Whether a body of an error can be in a response with a status. One of a code without responses can be in any. */
const canBeIn = (entry, status) =>
  status === undefined || hasStatus(entry, status) || (entry.kind === "code" && entry.status === undefined);

/** The name of the type of an entry in a style: stated by the code, by the type or by the status, else its own. */
function typeIn(index, style, entry, heard) {
  const type = index.types[entry.type];
  const own = style.hasCode ? undefined : entry.names?.[style.name];
  const status = hasStatus(entry, heard) ? heard : entry.status;
  const byStatus = style.types?.[status] ?? style.types?.[`${String(status)[0]}xx`];
  return own ?? type?.names?.[style.name] ?? byStatus ?? type?.name;
}

/** What a text has besides a body: a status, a request id, a time and headers. */
function hear(text, index) {
  const header = (name) => {
    const escaped = name.replace(/[^\w-]/g, "\\$&");
    return new RegExp(`(?:^|[\\s<>{,'"])${escaped}['"]?\\s*[:=]\\s*['"]?([^\\s'",;}]{1,200})`, "im").exec(text)?.[1];
  };
  const status =
    /(?:HTTP\/[\d.]+|\bstatus(?:[ _-]?code)?["']?|\bcode)\s*[:=(]*\s*["']?([45]\d\d)\b/i.exec(text) ??
    /^\s*(?:\w+(?:\.\w+)*(?:Error|Exception)?:\s*)?([45]\d\d)\b/.exec(text);
  return {
    status: status === null ? undefined : Number(status[1]),
    request_id: header(index.header) ?? /\brequest[-_ ]?id["']?\s*[:=]?\s*(?:Some\()?["']?([\w.:-]{6,200})/i.exec(text)?.[1],
    retry_after: header("retry-after"),
    should_retry: header("x-should-retry"),
    time:
      /^[<\s]*date:\s*([^\r\n]{1,60})/im.exec(text)?.[1] ??
      /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/.exec(text)?.[0],
  };
}

/** Whether a text contains a message: its texts, in their order, with something in the place of each argument. */
function contains(text, message) {
  const parts = message.map((part) => part?.trim().toLowerCase());
  if (parts.reduce((sum, part) => sum + (part?.length ?? 0), 0) < 6) return false;
  let at = 0;
  for (const part of parts) {
    const found = part === undefined ? at : text.indexOf(part, at);
    if (found < 0) return false;
    at = found + (part?.length ?? 0);
  }
  return true;
}

/** The number of edits between two names, or more than `most`. */
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + cost));
    }
    row = next;
  }
  return row[other.length];
}

/** The entries whose names look most like a name. */
function nearest(index, name) {
  const wanted = loose(name).slice(0, 100);
  if (wanted.length < 2) return [];
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const words = name.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
  const found = [];
  for (const [known, entries] of index.similar) {
    const edits = distance(wanted, known, most);
    const shared = words.filter((word) => known.includes(word)).length;
    const rank = edits <= most ? edits : shared > 0 ? 100 - shared : undefined;
    if (rank !== undefined) found.push(...entries.map((entry) => ({ entry, rank })));
  }
  found.sort((one, other) => one.rank - other.rank || one.entry.at - other.entry.at);
  return [...new Set(found.map(({ entry }) => entry))].slice(0, 5);
}

/** The errors that a text is about, with the reason for each, and what was read in it. */
function lookUp(index, raw) {
  const text = raw.slice(0, MAX_TEXT);
  const query = text.trim();
  const body = query === "" ? null : readBody(findObjects(text), index.styles);
  const slots = { ...body?.slots };
  const heard = hear(text, index);
  const status = Number(slots.status ?? heard.status) || undefined;
  const scores = new Map();
  const rate = (entry, score, why) => {
    if (score > (scores.get(entry)?.score ?? 0)) scores.set(entry, { entry, score, why });
  };
  const named = (name) => index.exact.get(name) ?? index.similar.get(loose(name)) ?? [];

  const code = typeof slots.code === "object" || slots.code === undefined ? undefined : String(slots.code);
  const ofCode = code === undefined ? [] : named(code);
  ofCode.forEach((entry) => rate(entry, 100, "its code"));
  // A name wins over a status: a code can be a number.
  (index.exact.get(query) ?? []).forEach((entry) => rate(entry, 100, "its name"));
  if (scores.size === 0) byWords(index, query, body, rate, named);
  const message = (typeof slots.message === "string" ? slots.message : text.slice(0, 20_000)).toLowerCase();
  const isBare = body?.style.hasCode && code === undefined;
  for (const entry of ofCode.length === 0 ? index.entries : []) {
    const ownType = slots.type === undefined || typeIn(index, body.style, entry, status) === slots.type;
    const fits = ownType && canBeIn(entry, status);
    const said = entry.messages.some((known) => contains(message, known));
    // Of two errors with one message, the type and the status decide.
    if (said && (entry.kind !== "bare" || isBare || body === null)) rate(entry, fits ? 75 : 62, "its message");
    if (fits && body !== null) rate(entry, isBare && entry.kind === "bare" ? 30 : 20, "its type and its status");
    else if (status !== undefined && hasStatus(entry, status)) rate(entry, 10, `the status ${status}`);
  }
  if (code !== undefined && ofCode.length === 0) {
    nearest(index, code).forEach((entry, at) => rate(entry, 30 - at, "a name that looks like it"));
  }
  const known = [...scores.values()].sort((one, other) => other.score - one.score || one.entry.at - other.entry.at);
  const best = known[0]?.score ?? 0;
  const floor = best >= SURE ? Math.max(SURE, best - 12) : 0;
  let results = known.filter(({ score }) => score >= floor);
  let isNear = false;
  if (results.length === 0 && query.length <= 200) {
    isNear = true;
    results = nearest(index, query).map((entry) => ({ entry, score: 1, why: "a name that looks like it" }));
  }
  return {
    results: results.slice(0, MAX_RESULTS),
    total: results.length,
    isSure: best >= SURE,
    isNear,
    unknown: ofCode.length === 0 ? code : undefined,
    read: { ...heard, ...slots, status, style: body?.style.name, faults: body?.faults ?? [] },
  };
}

/** Rates the entries by the words of a text that has no known code in a body. */
function byWords(index, query, body, rate, named) {
  const words = new Set(query.slice(0, 20_000).split(/[\s"'`,;()[\]{}<>=|\\]+/));
  const isShort = query.length <= 100 && !query.includes("\n");
  for (const word of words) {
    for (const part of [word, word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""), ...word.split(/[/#?&:]/)]) {
      if (part === "") continue;
      // `rate_limit` is a name, and `type` in a sentence is a word.
      const isName = /[\p{L}\p{N}][_.-]\p{L}|\p{Ll}\p{Lu}/u.test(part) || /^\d{4,}$/.test(part);
      const isStatus = /^[45]\d\d$/.test(part);
      const found = index.exact.get(part) ?? (isName ? named(part) : []);
      found.forEach((entry) => rate(entry, isName ? 80 : isStatus || body !== null ? 15 : 40, "its name in the text"));
    }
  }
  if (!isShort || body !== null) return;
  const wanted = loose(query);
  if (wanted.length < 2) return;
  const parts = query.toLowerCase().split(/\s+/);
  for (const entry of index.entries) {
    const at = Math.max(...entry.all.map((name) => (loose(name).startsWith(wanted) ? 2 : loose(name).includes(wanted) ? 1 : 0)), 0);
    const known = `${entry.all.join(" ").toLowerCase()} ${entry.text}`;
    if (at > 0) rate(entry, at === 2 ? 50 : 45, "its name");
    else if (parts.every((part) => known.includes(part))) rate(entry, 25, "its text");
  }
}
