// Opens one HTML file of faqt from `file://` and a search by Pagefind over loopback in headless Chromium; see `pages`.
//
// The one argument is JSON: `chromium`, `folder` with `faq.html`, `words.html` and `site/` with its Pagefind, `questions`, and
// `runs`. The output is JSON: for each program its bytes, the time to the first answer, and the time of a keystroke.
import { createServer } from "node:http";
import { readFile, readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const { chromium, folder, runs, questions } = JSON.parse(process.argv[2]);
/** The number of questions that a list below the field shows, in the page of faqt. */
const LISTED = 8;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm" };

/** A page that asks Pagefind as its documentation does, and shows the first entries with their excerpts. */
const SEARCH = `<!DOCTYPE html><meta charset="utf-8"><title>Search</title><input id="q"><ul id="options"></ul><div id="main"></div>
<script type="module">
import * as pagefind from "/pagefind/pagefind.js";
const shown = (all) => all.map((entry) => "<li><a href='" + entry.url + "'>" + entry.meta.title + "</a><p>" + entry.excerpt + "</p></li>").join("");
async function found(query, count) {
  const search = await pagefind.search(query);
  return Promise.all(search.results.slice(0, count).map((result) => result.data()));
}
globalThis.typed = async (query) => { document.getElementById("options").innerHTML = shown(await found(query, ${LISTED})); };
const query = new URLSearchParams(location.search).get("q");
const first = await found(query, 5);
document.getElementById("main").innerHTML = "<div class='result " + (first.length ? "found" : "none") + "'>" + shown(first) + "</div>";
</script>`;

/** Serves the site with the search, and counts the bytes that it sends. */
async function served() {
  const counted = { bytes: 0 };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const body = path === "/search.html" ? SEARCH : await readFile(join(folder, "site", path)).catch(() => null);
    if (body !== null) counted.bytes += body.length;
    response.writeHead(body === null ? 404 : 200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
    response.end(body ?? "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { counted, server, address: `http://127.0.0.1:${server.address().port}/search.html` };
}

/** Opens an address in a new browser; returns the page and the milliseconds until a result is drawn. */
async function opened(address) {
  const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    const look = () => {
      if (document.querySelector(".result")) requestAnimationFrame(() => { globalThis.answeredAt = performance.now(); });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(address);
  await page.waitForFunction(() => globalThis.answeredAt, { timeout: 60_000 });
  return { browser, page, ms: await page.evaluate(() => globalThis.answeredAt) };
}

/** Types every beginning of every question, and returns the milliseconds of each until the list holds what is found. */
const keystrokes = (page) => page.evaluate(async (questions) => {
  const kb = globalThis.faqtKnowledgeBase ? await globalThis.faqtKnowledgeBase : null;
  const list = document.getElementById("options");
  const typed = kb ? async (query) => { list.innerHTML = kb.fragment("complete", { q: query }).html; } : globalThis.typed;
  const times = [];
  for (const question of questions) {
    for (let end = 1; end <= question.length; end++) {
      const start = performance.now();
      await typed(question.slice(0, end));
      times.push(performance.now() - start);
    }
  }
  return times;
}, questions);

const quantile = (values, share) => values.toSorted((left, right) => left - right)[Math.min(values.length - 1, Math.floor(values.length * share))];
const bytes = async (path) => {
  const found = await stat(path);
  if (!found.isDirectory()) return found.size;
  const inside = await readdir(path);
  return (await Promise.all(inside.map((name) => bytes(join(path, name))))).reduce((sum, one) => sum + one, 0);
};

const site = await served();
const query = new URLSearchParams({ q: questions[0] });
const addresses = {
  faqt: `${pathToFileURL(join(folder, "faq.html"))}#/?${query}`,
  words: `${pathToFileURL(join(folder, "words.html"))}#/?${query}`,
  pagefind: `${site.address}?${query}`,
};
const firsts = { faqt: [], words: [], pagefind: [] };
const keys = { faqt: [], words: [], pagefind: [] };
let loaded = 0;
for (let run = 0; run < runs; run++) {
  for (const [name, address] of Object.entries(addresses)) {
    site.counted.bytes = 0;
    const { browser, page, ms } = await opened(address);
    firsts[name].push(ms);
    if (name === "pagefind") {
      loaded = site.counted.bytes;
      if (!(await page.$(".result.found"))) throw new Error(`Pagefind finds nothing for ${questions[0]}`);
    } else if (!(await page.$(".result.answered, .result.unsure"))) throw new Error(`faqt finds nothing for ${questions[0]}`);
    keys[name].push(...await keystrokes(page));
    await browser.close();
  }
}
site.server.close();
const sizes = {
  faqt: await bytes(join(folder, "faq.html")),
  words: await bytes(join(folder, "words.html")),
  pagefind: await bytes(join(folder, "site", "pagefind")) + await bytes(join(folder, "site", "e")),
};
const row = (name) => ({
  bytes: sizes[name],
  first_ms: quantile(firsts[name], 0.25),
  keystroke_ms: quantile(keys[name], 0.5),
  keystroke_slow_ms: quantile(keys[name], 0.99),
});
console.log(JSON.stringify({ faqt: row("faqt"), words: row("words"), pagefind: { ...row("pagefind"), loaded_bytes: loaded } }));
