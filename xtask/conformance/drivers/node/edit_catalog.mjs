/**
 * Edits catalogs with the YAML language server: `edit_catalog.mjs CATALOG ERRORS`, where CATALOG has its schema
 * beside it, and ERRORS is the exported catalog.
 *
 * It does what an editor does: opens texts, asks for completion and hover, and shows what the server finds wrong.
 */

import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import protocol from "vscode-languageserver-protocol/node.js";

const patience = 20_000;
const modules = new URL("node_modules/yaml-language-server/", import.meta.url);

/** What `promise` gives, unless that takes too long. */
function soon(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} after ${patience / 1000} s`)), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** An editor without a screen, whose files are in a folder. */
class Editor {
  static async start(folder) {
    const program = fileURLToPath(new URL("bin/yaml-language-server", modules));
    const child = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    const connection = protocol.createProtocolConnection(
      new protocol.StreamMessageReader(child.stdout),
      new protocol.StreamMessageWriter(child.stdin),
    );
    const editor = new Editor(folder, child, connection);
    // The server asks for settings by section; without a catalog of schemas it sends no other request.
    const settings = { yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } } };
    connection.onRequest("workspace/configuration", ({ items }) => items.map(({ section }) => settings[section] ?? null));
    connection.onRequest("client/registerCapability", () => null);
    connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
      editor.waiting.get(uri)?.(diagnostics);
      editor.waiting.delete(uri);
    });
    connection.listen();
    const capabilities = {
      textDocument: { completion: { completionItem: { documentationFormat: ["markdown", "plaintext"] } } },
      workspace: { configuration: true },
    };
    const rootUri = pathToFileURL(folder).href;
    const started = connection.sendRequest("initialize", { processId: process.pid, rootUri, capabilities });
    await soon(started, "answer of the server");
    await connection.sendNotification("initialized", {});
    return editor;
  }

  constructor(folder, child, connection) {
    Object.assign(this, { folder, child, connection, waiting: new Map(), opened: 0 });
  }

  /** Opens a text with a `|` at the cursor, if there is one, as a new file; gives back what is asked about it. */
  async open(marked) {
    const at = marked.indexOf("|");
    const text = at < 0 ? marked : marked.slice(0, at) + marked.slice(at + 1);
    const before = text.slice(0, Math.max(at, 0)).split("\n");
    const position = { line: before.length - 1, character: before.at(-1).length };
    const uri = pathToFileURL(join(this.folder, `opened-${(this.opened += 1)}.yaml`)).href;
    const found = new Promise((resolve) => this.waiting.set(uri, resolve));
    const textDocument = { uri, languageId: "yaml", version: 1, text };
    await this.connection.sendNotification("textDocument/didOpen", { textDocument });
    const ask = (method) =>
      soon(this.connection.sendRequest(method, { textDocument: { uri }, position }), `answer to ${method}`);
    return {
      diagnostics: await soon(found, "diagnostics"),
      completion: async () => (await ask("textDocument/completion")).items,
      hover: async () => (await ask("textDocument/hover"))?.contents.value ?? "",
      /** The text that a range covers. */
      covered: ({ start, end }) => text.split("\n")[start.line].slice(start.character, end.character),
    };
  }

  async stop() {
    await soon(this.connection.sendRequest("shutdown"), "end");
    await this.connection.sendNotification("exit");
    this.connection.dispose();
  }
}

/** What is wrong with an offer of these labels, each with its description. */
function missingOffer(items, expected) {
  for (const [label, description] of expected) {
    const item = items.find((item) => item.label === label);
    if (item === undefined) return `${label} is not among ${items.map((item) => item.label).join(", ")}`;
    const shown = item.documentation?.value ?? item.documentation ?? "";
    if (!shown.includes(description)) return `${label} is described by: ${shown}`;
  }
  return null;
}

const [file, errors, ...others] = process.argv.slice(2);
if (errors === undefined || others.length > 0) {
  console.error("usage: edit_catalog.mjs CATALOG ERRORS");
  process.exit(2);
}
const folder = dirname(resolve(file));
const sample = await readFile(file, "utf8");
const { types, codes } = JSON.parse(await readFile(errors, "utf8"));
const schema = JSON.parse(await readFile(join(folder, "catalog.schema.json"), "utf8"));

/** The sample with more lines at the beginning of a section. */
function withLines(section, lines) {
  const start = `\n${section}:\n`;
  if (sample.split(start).length !== 2) throw new Error(`the catalog has no section ${section} of several lines`);
  return sample.replace(start, () => start + lines);
}
/** The sample with a code that is being written. */
const withCode = (lines) => withLines("codes", `  a_new_code:\n${lines}`);
const whole = "    type: auth_error\n    meaning: New\n    fix: Look\n";

/** What is wrong with a finding: it must be the only one, underline `token`, and have `words` in its message. */
async function finding(editor, text, token, words) {
  const { diagnostics, covered } = await editor.open(text);
  if (diagnostics.length !== 1) return `${diagnostics.length} findings: ${JSON.stringify(diagnostics)}`;
  const [{ range, message }] = diagnostics;
  if (covered(range) !== token) return `underlined is ${covered(range)}`;
  return message.includes(words) ? null : `it says: ${message}`;
}

async function completion(editor, text, expected) {
  const { completion } = await editor.open(text);
  return missingOffer(await completion(), expected);
}

/** Text of Markdown without its escapes. */
const plain = (markdown) => markdown.replaceAll(/\\([!-/:-@[-`{-~])/g, "$1");

async function hover(editor, text, description) {
  const { hover } = await editor.open(text);
  const shown = plain(await hover());
  return shown.includes(description) ? null : `it shows: ${shown}`;
}

const { properties } = schema.$defs.Code;
const cases = {
  "the sample has no finding": async (editor) => {
    const { diagnostics } = await editor.open(sample);
    return diagnostics.length === 0 ? null : JSON.stringify(diagnostics);
  },
  "a code that is whole has no finding": async (editor) => {
    const { diagnostics } = await editor.open(withCode(whole));
    return diagnostics.length === 0 ? null : JSON.stringify(diagnostics);
  },
  "type: offers the types, with what they mean": (editor) =>
    completion(editor, withCode("    type: |\n"), types.map(({ name, meaning }) => [name, meaning])),
  "like: offers the codes, with what they mean": (editor) =>
    completion(editor, withCode("    like: |\n"), codes.map(({ name, meaning }) => [name, meaning])),
  "status: offers statuses by name": async (editor) => {
    const { completion } = await editor.open(withCode("    status: |\n"));
    const items = await completion();
    const item = items.find(({ label }) => label === "404 Not Found");
    if (item === undefined) return `offered are ${items.map(({ label }) => label).join(", ")}`;
    const inserted = item.textEdit?.newText ?? item.insertText;
    return inserted === "404" ? null : `it inserts ${inserted}`;
  },
  "retry: offers its words, each with its description": (editor) =>
    completion(editor, withCode("    retry: |\n"), [
      ["never", "Retrying the same request cannot help."],
      ["after", "Retry-After"],
    ]),
  "the errors of an operation offer the codes": (editor) =>
    completion(
      editor,
      withLines("operations", "  an_operation:\n    method: GET\n    path: /new\n    errors:\n      - |\n"),
      codes.map(({ name, meaning }) => [name, meaning]),
    ),
  "levels: offers the lint rules": (editor) =>
    completion(editor, withLines("lint", "  levels:\n    |\n"), [["missing-fix", "lint rule"]]),
  "a new line of a code offers keys": (editor) =>
    completion(editor, withCode("    type: auth_error\n    |\n"), [
      ["fix", properties.fix.description],
      ["status", properties.status.description],
    ]),
  "hover over a key shows its description": (editor) =>
    hover(editor, withCode(whole.replace("fix", "f|ix")), properties.fix.description),
  "hover over a key with a word shows the description of the key": (editor) =>
    hover(editor, withCode(`${whole}    re|try: never\n`), properties.retry.description),
  "an unknown key is found": (editor) =>
    finding(editor, withCode(`${whole}    fixx: Look\n`), "fixx", "fixx is not allowed"),
  "an unknown type is found": (editor) =>
    finding(editor, withCode(whole.replace("auth_error", "auth_eror")), "auth_eror", "auth_error"),
  "a status that is none is found": (editor) =>
    finding(editor, withCode(`${whole}    status: 42\n`), "42", "below the minimum of 400"),
  "an empty text is found": (editor) =>
    finding(editor, withCode(whole.replace("Look", '""')), '""', "the text is empty"),
  "a code without a type is found": (editor) =>
    finding(editor, withCode("    meaning: New\n    fix: Look\n"), "a_new_code", '"type"'),
};

const { version } = JSON.parse(await readFile(new URL("package.json", modules), "utf8"));
console.log(JSON.stringify({ client: "yaml-language-server", version }));
const editor = await Editor.start(folder);
for (const [subject, judge] of Object.entries(cases)) {
  const fault = await judge(editor).catch((error) => String(error));
  console.log(JSON.stringify({ subject, fault }));
}
await editor.stop();
