/**
 * Searches a book for codes in a browser: `search_book.mjs BOOK PAGES ERRORS CHROMIUM PICTURES`, where PAGES is the path
 * of the pages of the errors in the book, such as `/errors/`, and ERRORS the exported catalog.
 *
 * On a desktop and on a phone, in light and in dark: a code is typed into the search and the first result is
 * followed, which must lead to the page of the code, where status and fix can be read without scrolling. Links
 * from these pages, and from the page of all errors, must lead to pages of the book.
 */

import { createServer } from "node:http";
import { mkdir, readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

import { chromium } from "playwright-core";

const screens = [
  { name: "desktop", viewport: { width: 1280, height: 900 } },
  { name: "phone", viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
];
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** Serves a folder, and gives back its address. */
async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://book").pathname));
    try {
      const content = await readFile(join(folder, path.endsWith("/") ? `${path}index.html` : path));
      response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { server, address: `http://127.0.0.1:${server.address().port}` };
}

/** The contrast of the text of an element with what is behind it (WCAG 2.2, "contrast ratio"). */
const contrast = (element) => {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind = element;
  const background = () => channels(getComputedStyle(behind).backgroundColor);
  while (background()[3] === 0 && behind.parentElement) behind = behind.parentElement;
  const [dark, light] = [channels(getComputedStyle(element).color), background()].map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

/** The first link of the page that leads to no page of the book, though it should. */
async function deadLink(page, address) {
  for (const link of await page.locator("main a[href]").all()) {
    const target = new URL(await link.getAttribute("href"), page.url());
    if (target.origin !== address) continue;
    const response = await page.request.get(target.href);
    if (!response.ok()) return `${new URL(page.url()).pathname} has a link to ${target.pathname}, which is not there`;
  }
  return null;
}

/** What is wrong with the way from the search to the page of a code. */
async function search(page, address, pages, { name, slug, status, fix, docs }) {
  const start = `${address}/index.html`;
  await page.goto(start);
  await page.locator("#mdbook-search-toggle").click();
  const bar = page.locator("#mdbook-searchbar");
  // The first action.
  await bar.pressSequentially(name);
  const first = page.locator("#mdbook-searchresults a").first();
  await first.waitFor({ timeout: 3_000 });
  // The second.
  await first.click();
  await page.waitForURL((url) => url.pathname !== new URL(start).pathname, { timeout: 3_000 });
  const path = new URL(page.url()).pathname;
  if (path !== `${pages}${slug}.html`) return `the first result is ${path}`;
  // Servers of static files find the page with and without its ending.
  if (![`/errors/${slug}.html`, `/errors/${slug}`].includes(new URL(docs).pathname)) return `its address is ${docs}`;
  for (const [what, locator] of [
    ["the status", page.locator("main .badge").filter({ hasText: String(status) })],
    ["the fix", page.locator("main p").filter({ hasText: fix.replaceAll("`", "") })],
  ]) {
    const element = locator.first();
    await element.waitFor({ timeout: 3_000 });
    const box = await element.boundingBox();
    const { width, height } = page.viewportSize();
    if (box.y < 0 || box.y + box.height > height) return `${what} is not on the screen: ${JSON.stringify(box)}`;
    if (box.x < 0 || box.x + box.width > width) return `${what} is cut off: ${JSON.stringify(box)}`;
  }
  for (const element of await page.locator("main .badge, main h1 code, main p").all()) {
    const ratio = await element.evaluate(contrast);
    if (ratio < 4.5) return `${await element.textContent()} has a contrast of ${ratio.toFixed(1)}`;
  }
  return deadLink(page, address);
}

const [book, pages, errors, executablePath, pictures, ...others] = process.argv.slice(2);
if (pictures === undefined || others.length > 0) {
  console.error("usage: search_book.mjs BOOK PAGES ERRORS CHROMIUM PICTURES");
  process.exit(2);
}
const { codes } = JSON.parse(await readFile(errors, "utf8"));
await mkdir(pictures, { recursive: true });
const { server, address } = await serve(book);
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath, args: [...args, "--disable-component-update", "--disable-sync"] });
try {
  console.log(JSON.stringify({ client: "mdbook in chromium", version: browser.version() }));
  for (const { name, ...screen } of screens) {
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ ...screen, colorScheme });
      const page = await context.newPage();
      const thrown = [];
      page.on("pageerror", (error) => thrown.push(String(error)));
      for (const code of codes) {
        thrown.length = 0;
        const fault = await search(page, address, pages, code).catch((error) => String(error));
        const subject = `${code.name}, ${name}, ${colorScheme}`;
        console.log(JSON.stringify({ subject, fault: fault ?? thrown.at(0) ?? null }));
      }
      await page.goto(`${address}${pages}index.html`);
      const fault = await deadLink(page, address);
      console.log(JSON.stringify({ subject: `all errors, ${name}, ${colorScheme}`, fault }));
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
      await context.close();
    }
  }
} finally {
  await browser.close();
  server.close();
}
