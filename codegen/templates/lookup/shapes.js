// Bodies read by the shapes of the catalog. A shape is a tree of JSON in which strings such as `$message` are slots:
// nothing here knows a style by its name.

const MARKS = ["$if", "$each", "$schema"];

const membersOf = (node) => Object.keys(node).filter((name) => !MARKS.includes(name));

/** The parts of a string with slots in it, such as `[ERROR] ${message}`: texts, and names of slots at odd positions. */
const piecesOf = (node) => node.split(/\$\{(\w+)\}/);

/** A slot as a whole value, and the string that stands for a missing one. */
function slotOf(node) {
  const found = /^\$(\w+)(?:\?|\|([^]*))?$/.exec(node);
  return found === null ? null : { slot: found[1], fallback: found[2] };
}

/** Whether bodies of the shape always contain the value. */
function isNeeded(node) {
  if (typeof node === "string") return !/^\$\w+\?$/.test(node) && piecesOf(node).length === 1;
  return !isObject(node) || !("$if" in node || "$each" in node);
}

function writes(node, slot) {
  if (typeof node === "string") return slotOf(node)?.slot === slot || piecesOf(node).some((p, at) => at % 2 && p === slot);
  if (isObject(node) && "$each" in node) return false;
  return node !== null && typeof node === "object" && Object.values(node).some((inner) => writes(inner, slot));
}

const put = (read, slot, value) => {
  read.slots[slot] ??= value;
};

/** How well a value fits a node: the higher, the better. Fills the slots of what was read. */
function fit(node, value, read) {
  if (Array.isArray(node)) return Array.isArray(value) ? fitList(node, value, read) : -2;
  if (isObject(node)) return isObject(value) ? fitObject(node, value, read) : -2;
  if (typeof node === "string" && !node.startsWith("$$")) {
    const filled = slotOf(node);
    if (filled !== null) return fitSlot(filled, value, read);
    if (piecesOf(node).length > 1) return fitText(piecesOf(node), value, read);
  }
  const constant = typeof node === "string" ? node.replace(/^\$\$/, "$") : node;
  return constant === value ? 1 : -2;
}

function fitSlot({ slot, fallback }, value, read) {
  if (value === null || (fallback !== undefined && value === fallback)) return 0;
  const isComposed = typeof value === "object";
  if (slot === "errors" && Array.isArray(value)) read.faults.push(...value.slice(0, 50).filter(isObject));
  else if (isComposed !== (slot === "details")) return -1;
  else put(read, slot, value);
  return 1;
}

/** A string with slots in it. Of several slots in a row, each takes as little as possible. */
function fitText(pieces, value, read) {
  if (typeof value !== "string" || !value.startsWith(pieces[0])) return -2;
  let at = pieces[0].length;
  const slots = [];
  for (let piece = 1; piece < pieces.length; piece += 2) {
    const after = pieces[piece + 1];
    const isLast = piece + 2 >= pieces.length;
    const end = isLast ? value.length - after.length : value.indexOf(after, at);
    if (end < at || !value.startsWith(after, end)) return -2;
    slots.push([pieces[piece], value.slice(at, end)]);
    at = end + after.length;
  }
  slots.forEach(([slot, found]) => put(read, slot, found));
  return 1;
}

function fitObject(node, value, read) {
  const members = membersOf(node);
  let score = 0;
  for (const name of members) {
    if (name in value) score += 1 + fit(node[name], value[name], read);
    else if (isNeeded(node[name])) score -= 1;
  }
  const others = Object.keys(value).filter((name) => !members.includes(name));
  return score - Math.min(others.length, 8) / 4;
}

function fitList(nodes, values, read) {
  const left = values.slice(0, 50);
  let score = 0;
  for (const node of nodes) {
    const tried = left.map((value, at) => {
      const part = { slots: {}, faults: [] };
      return { at, part, score: fit(node, value, part) };
    });
    const fitting = tried.filter((one) => one.score > 0);
    if (isObject(node) && "$each" in node) {
      read.faults.push(...fitting.map((one) => one.part.slots));
      score += Math.min(fitting.length, 1);
      continue;
    }
    const [best] = fitting.sort((one, other) => other.score - one.score);
    if (best === undefined) {
      score -= isNeeded(node) ? 1 : 0;
      continue;
    }
    left.splice(best.at, 1);
    score += best.score;
    Object.entries(best.part.slots).forEach(([slot, value]) => put(read, slot, value));
    read.faults.push(...best.part.faults);
  }
  return score - left.length / 4;
}

/** The trees that an object can have in a style: the body, the data of an event, and the objects in them that contain
 * the message, because clients print these alone. */
function treesOf(style) {
  const trees = [];
  const inner = (node) => {
    for (const child of Object.values(node).filter((child) => isObject(child) && writes(child, "message"))) {
      trees.push({ tree: child, malus: 0.5 });
      inner(child);
    }
  };
  for (const tree of [style.body, style.event].filter(isObject)) {
    trees.push({ tree, malus: 0 });
    inner(tree);
  }
  return trees;
}

/** The body that fits a style best: its style, the values of its slots and its faults; nothing if none fits. */
function readBody(objects, styles) {
  let best = null;
  for (const style of styles) {
    for (const { tree, malus } of treesOf(style)) {
      for (const object of objects) {
        const read = { style, slots: {}, faults: [] };
        read.score = fit(tree, object, read) - malus;
        const names = read.slots.message !== undefined || read.slots.code !== undefined;
        if (names && read.score > 0 && read.score > (best?.score ?? 0)) best = read;
      }
    }
  }
  return best;
}
