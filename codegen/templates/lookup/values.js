// Values in a text, as JSON, Python and JavaScript write them. Nothing here throws, whatever the text is: of a value
// that is cut off or broken, it keeps what it could read.

const MAX_DEPTH = 60;
/** How often, and over how many characters, a value is looked for in vain: a text of brackets only must not take long. */
const MAX_TRIES = 2_000;
const MAX_READ = 2_000_000;
const NOTHING = Symbol("nothing");
const CLOSING = { "{": "}", "[": "]", "(": ")" };
const ESCAPED = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", 0: "\0" };
const WORDS = { null: null, None: null, undefined: null, nil: null, true: true, True: true, false: false, False: false };

/** The value that begins at a position, and where it ends. */
function readValue(text, start) {
  let at = start;
  let isBroken = false;

  const skip = () => {
    while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
  };

  const escaped = () => {
    const sign = text[at++] ?? "";
    const hex = { u: 4, x: 2 }[sign];
    const digits = hex && text.slice(at, at + hex);
    if (hex && digits.length === hex && /^[\da-f]+$/i.test(digits)) {
      at += hex;
      return String.fromCharCode(parseInt(digits, 16));
    }
    return ESCAPED[sign] ?? sign;
  };

  const string = (quote) => {
    at += 1;
    let out = "";
    while (at < text.length) {
      const sign = text[at++];
      if (sign === quote) return out;
      out += sign === "\\" ? escaped() : sign;
    }
    isBroken = true;
    return out;
  };

  /** A word without quotes. */
  const word = (ends) => {
    const first = at;
    while (at < text.length && !ends.includes(text[at])) at += 1;
    return text.slice(first, at).trim();
  };

  /** A value; `ends` are the characters that end a word. */
  const value = (depth, ends = ",}])\n") => {
    skip();
    const sign = text[at];
    if (sign === undefined || depth > MAX_DEPTH) {
      isBroken = true;
      return NOTHING;
    }
    if (sign in CLOSING) return group(depth);
    if (sign === '"' || sign === "'" || sign === "`") return string(sign);
    if (/[buBU]/.test(sign) && /["']/.test(text[at + 1] ?? "")) {
      at += 1;
      return string(text[at]);
    }
    const bare = word(`${ends}{(`);
    // `Some("…")`, `Headers { … }`, `ErrorObject(code='…')`.
    if (text[at] === "{" || text[at] === "(") {
      const inner = group(depth);
      return Array.isArray(inner) && inner.length === 1 ? inner[0] : inner;
    }
    if (bare === "") return NOTHING;
    if (Object.hasOwn(WORDS, bare)) return WORDS[bare];
    return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(bare) ? Number(bare) : bare;
  };

  /** The name of a member, with what separates it from the value; nothing if there is none. */
  const name = () => {
    const first = at;
    let found;
    if (text[at] === '"' || text[at] === "'") {
      found = string(text[at]);
    } else {
      found = /^(?:\[[^\]\n]{0,80}\]|[\w$.-]{1,80})/.exec(text.slice(at, at + 90))?.[0];
      at += found?.length ?? 0;
    }
    skip();
    const separator = found === undefined ? null : /^(?:=>|[:=])/.exec(text.slice(at, at + 2));
    if (separator === null) {
      at = first;
      isBroken = false;
      return undefined;
    }
    at += separator[0].length;
    return found;
  };

  /** An object or a list. Members decide, not the kind of the brackets. */
  const group = (depth) => {
    const close = CLOSING[text[at++]];
    const members = Object.create(null);
    const elements = [];
    let hasMembers = false;
    for (;;) {
      skip();
      if (text[at] === close) {
        at += 1;
        break;
      }
      if (at >= text.length) {
        isBroken = true;
        break;
      }
      const key = name();
      const found = value(depth + 1);
      if (found === NOTHING && key === undefined) isBroken = true;
      if (found !== NOTHING && key === undefined) elements.push(found);
      if (key !== undefined) {
        members[key] = found === NOTHING ? null : found;
        hasMembers = true;
      }
      skip();
      if (text[at] === "," || text[at] === ";") at += 1;
      else if (text[at] !== close) isBroken = true;
      if (isBroken) break;
    }
    return hasMembers || (close === "}" && elements.length === 0) ? members : elements;
  };

  return { value: value(0), end: at };
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** The objects in a text, those within others and within strings included, the outer ones first. */
function findObjects(text, depth = 0) {
  const found = [];
  const visit = (value) => {
    if (found.length >= 300) return;
    if (typeof value === "string") {
      if (depth < 3 && value.includes("{")) found.push(...findObjects(value, depth + 1).slice(0, 50));
    } else if (value !== null && typeof value === "object") {
      if (isObject(value)) found.push(value);
      Object.values(value).forEach(visit);
    }
  };
  const hasObject = (value) =>
    isObject(value) ? Object.keys(value).length > 0 : Array.isArray(value) && value.some(hasObject);
  const scan = (source) => {
    const opening = /[{[]/g;
    let tries = 0;
    let read = 0;
    for (let match; found.length < 300 && tries < MAX_TRIES && read < MAX_READ && (match = opening.exec(source)) !== null; ) {
      const { value, end } = readValue(source, match.index);
      if (value !== NOTHING && hasObject(value)) {
        visit(value);
        opening.lastIndex = Math.max(end, match.index + 1);
      } else {
        tries += 1;
        read += end - match.index;
      }
    }
  };
  // Values can span quoted lines, or lines of an event.
  const plain = text.replace(/^(?:data:|[<>|*](?= )) ?/gm, "");
  scan(plain);
  // A body within a string whose beginning is missing: `{\"error\": …`.
  if (/[{[]\s*\\+["']/.test(plain)) scan(plain.replace(/\\+(["'])/g, "$1"));
  return found;
}
