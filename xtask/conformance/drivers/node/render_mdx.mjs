/**
 * Renders pages as a site that takes its Markdown for MDX does: `render_mdx.mjs FROM TO`. A page that is no
 * MDX fails the run.
 */

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { evaluate } from "@mdx-js/mdx";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import * as runtime from "react/jsx-runtime";
import remarkGfm from "remark-gfm";

async function render(text) {
  const { default: Content } = await evaluate(text, { ...runtime, remarkPlugins: [remarkGfm] });
  return renderToStaticMarkup(createElement(Content));
}

const [from, to, ...others] = process.argv.slice(2);
if (to === undefined || others.length > 0) {
  console.error("usage: render_mdx.mjs FROM TO");
  process.exit(2);
}
for (const name of await readdir(from, { recursive: true })) {
  if (!name.endsWith(".md")) continue;
  const result = join(to, name.replace(/\.md$/, ".html"));
  await mkdir(dirname(result), { recursive: true });
  try {
    await writeFile(result, await render(await readFile(join(from, name), "utf8")));
  } catch (cause) {
    throw new Error(`${name} is no MDX`, { cause });
  }
}
