// The engine in Node: answers, hostile input, and the questions that every face answers alike.
// FAQT_PACKS is a folder with `built-in.faqt` and `second.faqt`, both standalone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FaqtError, KnowledgeBase, compile, open } from "../index.mjs";

const packs = process.env.FAQT_PACKS;
assert.ok(packs, "FAQT_PACKS names the folder of the packs");
const bytes = (name) => readFileSync(join(packs, `${name}.faqt`));
const builtIn = await open(bytes("built-in"));

test("the module imports nothing", async () => {
  assert.deepEqual(WebAssembly.Module.imports(await compile()), []);
});

test("every conformance question is answered as by the program", async () => {
  const knowledgeBases = { "built-in": builtIn, second: await open(bytes("second")) };
  const file = new URL("../../../tests/conformance/questions.jsonl", import.meta.url);
  const questions = readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  assert.ok(questions.length >= 200);
  const differences = [];
  for (const expected of questions) {
    const found = knowledgeBases[expected.kb].search(expected.query);
    const hits = [found.answer, ...found.candidates].filter(Boolean).map((entry) => entry.id);
    const answered = { ...expected, outcome: found.outcome, confidence: Math.round(found.confidence * 1e4) / 1e4, hits };
    if (JSON.stringify(answered) !== JSON.stringify(expected)) differences.push({ expected, answered });
  }
  assert.deepEqual(differences, []);
});

test("entries, keywords, contents, completions and fragments", () => {
  assert.ok(builtIn.comparesMeaning);
  const contents = builtIn.contents();
  assert.equal(contents.length, builtIn.manifest.entries);
  const entry = builtIn.entry(contents[0].id);
  assert.equal(entry.question, contents[0].question);
  assert.equal(builtIn.entry("no such id"), null);
  assert.ok(builtIn.keyword("Baidu").length > 0);
  assert.deepEqual(builtIn.keyword("how do I"), []);
  assert.ok(builtIn.complete("transf", 3).length > 0);
  assert.equal(builtIn.html("**a** <script>b</script>").includes("<script"), false);
  const shown = builtIn.fragment(`e/${entry.id}`);
  assert.ok(shown.isFound && shown.html.includes("data-title"));
  assert.equal(builtIn.fragment("e/nothing").isFound, false);
});

test("bytes that are no pack are errors", async () => {
  const sound = bytes("second");
  const cases = [new Uint8Array(), Buffer.from("no pack at all"), sound.subarray(0, 100), sound.subarray(0, sound.length - 1)];
  for (let at = 0; at < 40; at++) {
    const damaged = Uint8Array.from(sound);
    damaged[Math.floor((at * damaged.length) / 4000)] ^= 0xff;
    cases.push(damaged);
  }
  for (const pack of cases) {
    await assert.rejects(open(pack).then((kb) => { for (const { id } of kb.contents()) kb.search(id); throw new FaqtError("sound"); }), FaqtError);
  }
});

test("any text is a question", () => {
  for (const query of ["", " ", "\0", "a\0b", "\ud800", "\udc00\ud800", "*", "\u202e\u0007", "ICP: transfer", "x".repeat(3_000_000), "备".repeat(300_000)]) {
    assert.ok(["answered", "unsure", "not_covered"].includes(builtIn.search(query).outcome));
    builtIn.complete(query.slice(0, 1000));
    builtIn.keyword(query);
    builtIn.entry(query);
    builtIn.fragment("ask", { q: query });
    builtIn.fragment(query.slice(0, 1000));
  }
});

test("what is no text, number or option is an error", () => {
  for (const call of [
    () => builtIn.search(undefined), () => builtIn.search(42), () => builtIn.search({}), () => builtIn.entry(null),
    () => builtIn.complete("a", -1), () => builtIn.complete("a", 1.5), () => builtIn.complete("a", 2 ** 40),
    () => builtIn.search("a", { limit: -1 }), () => builtIn.search("a", { kinds: ["bird"] }), () => builtIn.search("a", { answeredMin: "x" }),
    () => builtIn.fragment("ask", { q: 1 }), () => new KnowledgeBase({}, new Uint8Array()),
  ]) assert.throws(call, FaqtError, call.toString());
});

test("a closed knowledge base answers nothing", async () => {
  const kb = await open(bytes("second"));
  kb.close();
  kb.close();
  for (const call of [() => kb.search("a"), () => kb.contents(), () => kb.entry("a")]) assert.throws(call, /is closed/);
});

test("an engine that fails is started anew", async () => {
  // A module whose call traps, and which opens at every start.
  const real = new KnowledgeBase(await compile(), bytes("second"));
  const decode = TextDecoder.prototype.decode;
  let fail = true;
  TextDecoder.prototype.decode = function (...given) {
    if (fail && given[0]?.byteLength > 500) { fail = false; throw new WebAssembly.RuntimeError("unreachable"); }
    return decode.apply(this, given);
  };
  try {
    assert.throws(() => real.contents(), /starts anew/);
  } finally {
    TextDecoder.prototype.decode = decode;
  }
  assert.equal(real.contents().length, real.manifest.entries);
});

test("memory stays flat over many questions", async () => {
  const kb = await open(bytes("second"));
  const before = process.memoryUsage().arrayBuffers;
  for (let at = 0; at < 2000; at++) kb.search(`question ${at}`);
  assert.ok(process.memoryUsage().arrayBuffers - before < 20_000_000);
});
