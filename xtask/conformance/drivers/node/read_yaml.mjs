/**
 * Reads YAML files with yaml or js-yaml: `node read_yaml.mjs READER FILE...`.
 *
 * Next to each file is its twin in JSON. Prints the version of the reader, then one JSON object for each file,
 * with both as JSON texts.
 */

import { readFile } from "node:fs/promises";

import yaml from "js-yaml";
import { parse } from "yaml";

const READERS = {
  "yaml-1.1": ["yaml in 1.1 mode", "yaml", (text) => parse(text, { version: "1.1" })],
  "yaml-1.2": ["yaml", "yaml", (text) => parse(text)],
  "js-yaml": ["js-yaml", "js-yaml", (text) => yaml.load(text)],
};

const [name, ...files] = process.argv.slice(2);
if (!Object.hasOwn(READERS, name ?? "") || files.length === 0) {
  console.error(`usage: node read_yaml.mjs ${Object.keys(READERS).join("|")} FILE...`);
  process.exit(2);
}
const [client, module, load] = READERS[name];

/** JSON, in which what JSON lacks differs from every value that it has. */
function encode(value) {
  return JSON.stringify(value, function replace(key, encoded) {
    const own = this[key];
    if (own instanceof Date) return `Date: ${encoded}`;
    if (typeof own === "number" && !Number.isFinite(own)) return `number: ${own}`;
    if (own === undefined) return "undefined";
    return encoded;
  });
}

const manifest = new URL(`node_modules/${module}/package.json`, import.meta.url);
const { version } = JSON.parse(await readFile(manifest, "utf8"));
console.log(JSON.stringify({ client, version }));
for (const subject of files) {
  const line = { subject };
  try {
    line.yaml = encode(load(await readFile(subject, "utf8")));
  } catch (error) {
    line.fault = String(error);
  }
  line.json = encode(JSON.parse(await readFile(subject.replace(/\.yaml$/, ".json"), "utf8")));
  console.log(JSON.stringify(line));
}
