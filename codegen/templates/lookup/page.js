// The page: it shows copies of its own entries. Text is only ever set as text.

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

function element(tag, text, children = []) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

const plural = (count, one, many) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

/** The terms of a list: names with values that are there. */
function terms(rows) {
  const list = element("dl");
  for (const [name, value] of rows.filter(([, value]) => value !== undefined && value !== null && value !== "")) {
    list.append(element("dt", name), element("dd", String(value).slice(0, 2_000)));
  }
  return list;
}

/** What to send to support about an error, as text. */
function reportOf(index, entry, read) {
  const unknown = (what) => `(not in your text: ${what})`;
  const lines = [
    ["API", `${index.title} ${index.version}`],
    ["Code", entry.kind === "bare" ? undefined : entry.name],
    ["Type", index.types[entry.type]?.name],
    ["Status", read.status ?? entry.status],
    ["Message", read.message],
    ["Param", read.param],
    ["Request id", read.request_id ?? unknown(`see the header ${index.header} of the response`)],
    ["Time", read.time ?? unknown("when it happened, with the time zone")],
  ];
  const shown = lines.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return shown.map(([name, value]) => `${name}: ${String(value).slice(0, 2_000)}`).join("\n");
}

function start() {
  const data = JSON.parse(one(".data").textContent);
  const stored = all(".all .entry");
  const index = makeIndex(data, stored.map((entry) => entry.textContent));
  const [form, field, told, found, list] = [".ask", "textarea", ".told", ".found", ".all"].map((name) => one(name));

  const tell = (title, note) => {
    told.replaceChildren(title, ...(note ? [element("span", note)] : []));
  };

  const support = (entry, read) => {
    const text = reportOf(index, entry, read);
    const block = element("pre", text);
    block.tabIndex = 0;
    const button = element("button", "Copy");
    button.type = "button";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        getSelection().selectAllChildren(block);
        document.execCommand("copy");
      }
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2_000);
    });
    const notes = all(".ids p").map((note) => note.cloneNode(true));
    return [element("h2", "Send this to support"), ...notes, block, button];
  };

  /** A copy of an entry with what was read in the text. */
  const result = ({ entry, why }, { read, isSure }) => {
    const copy = stored[entry.at].cloneNode(true);
    copy.removeAttribute("id");
    const faults = read.faults.map((fault) => [fault.param ?? fault.field, fault.message].filter(Boolean).join(": "));
    const wait = read.retry_after === undefined ? undefined : `Retry-After: ${read.retry_after}`;
    const rows = terms([
      ["Found by", read.style === undefined ? why : `${why}, in a body of the style ${read.style}`],
      ["Message", read.message],
      ["Param", read.param],
      ["Faults", faults.join("\n")],
      ["Request id", read.request_id],
      ["Retry", read.should_retry === "false" ? "x-should-retry: false" : wait],
    ]);
    const inside = one(".inside", copy);
    inside.append(element("h2", "In your text"), rows);
    if (isSure) inside.append(...support(entry, read));
    return copy;
  };

  const say = (answer, query) => {
    const { results, total, isSure, isNear, unknown } = answer;
    const count = total > results.length ? ` The first ${results.length} are shown.` : "";
    const newer = `It is not in version ${data.version} of the errors, which this page shows.`;
    if (unknown !== undefined) {
      tell(`“${unknown.slice(0, 100)}” is not a code of this API. ${newer}`, total > 0 ? "It looks like these, or has their type or status:" : "");
    } else if (isNear && total > 0) {
      tell(`No error is called “${query.slice(0, 100)}”.`, "These have a similar name:");
    } else if (total === 0) {
      const styles = data.styles.filter((style) => style.isSent).map((style) => style.name);
      tell(
        "Nothing found.",
        `The page looked for a body in the ${styles.length === 1 ? "style" : "styles"} ${styles.join(", ")}, for the names and ` +
          `the messages of ${plural(data.entries.length, "error", "errors")}, and for a status that one of them has.`,
      );
    } else if (isSure) {
      tell(total === 1 ? `This is ${results[0].entry.name ?? "an error without a code"}.` : `The text is about ${total} errors.${count}`);
    } else {
      tell(`It can be ${total === 1 ? "this error" : `one of ${total} errors`}.${count}`);
    }
  };

  const show = () => {
    const query = field.value.trim();
    const answer = lookUp(index, field.value);
    const copies = query === "" ? [] : answer.results.map((rated) => result(rated, answer));
    if (copies.length === 1 || (answer.isSure && copies.length > 0)) copies[0].open = true;
    found.replaceChildren(...copies);
    found.hidden = copies.length === 0;
    list.hidden = copies.length > 0;
    if (query === "") tell("");
    else say(answer, query);
  };

  const ask = (text) => {
    field.value = text;
    show();
  };

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 80);
  });

  const summaries = () => all("summary", found.hidden ? list : found);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const first = summaries()[0];
    const isAtEnd = field.selectionStart === field.value.length;
    if (event.key === "Escape") ask("");
    else if (event.key === "ArrowDown" && isAtEnd) first?.focus();
    else if (event.key === "Enter" && !event.shiftKey) {
      clearTimeout(waiting);
      show();
      const opened = summaries()[0];
      if (!found.hidden && opened) {
        opened.parentElement.open = true;
        opened.focus();
      }
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target === field || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = summaries();
    const at = rows.indexOf(document.activeElement);
    if (event.key === "/" || event.key === "Escape") field.focus();
    else if (event.key === "ArrowDown" && at >= 0) rows[Math.min(at + 1, rows.length - 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) (rows[at - 1] ?? field).focus();
    else return;
    event.preventDefault();
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  /** Shows what the address names: a code after `#`, or any text in `?q=`. */
  const open = () => {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {
      // A name that is not encoded.
    }
    const query = new URLSearchParams(location.search).get("q") ?? "";
    if (name !== "" || query !== "") ask(name || query);
  };
  addEventListener("hashchange", open);

  form.hidden = false;
  open();
  field.focus({ preventScroll: true });
}

start();
