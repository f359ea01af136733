// The engine without any loading: a module of WebAssembly and a pack in, answers out. It imports nothing and names no
// address, so that a page of one file holds it as it stands; `export` is the last line for that.

/** The error of every failed call. */
class FaqtError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = "FaqtError";
  }
}

/** Returns text without lone surrogates, which no UTF-8 has. */
const wellFormed = (text) => new TextDecoder().decode(new TextEncoder().encode(text));

/** Returns `value` if it is text, with U+FFFD in place of lone surrogates. */
function text(value, name) {
  if (typeof value !== "string") throw new FaqtError(`${name} is no string`);
  return wellFormed(value);
}

function count(value, name) {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) throw new FaqtError(`${name} is no whole number from 0 on`);
  return value;
}

/** A knowledge base, open in an instance of its own. */
class KnowledgeBase {
  #module;
  #pack;
  #exports = null;
  #about = null;

  /** Opens the pack in `pack`, bytes that must not change while it is open, with a compiled module of the engine. */
  constructor(module, pack) {
    if (!(module instanceof WebAssembly.Module)) throw new FaqtError("the engine is no WebAssembly.Module");
    this.#module = module;
    this.#pack = pack instanceof Uint8Array ? pack : ArrayBuffer.isView(pack)
      ? new Uint8Array(pack.buffer, pack.byteOffset, pack.byteLength) : pack instanceof ArrayBuffer ? new Uint8Array(pack) : null;
    if (this.#pack === null) throw new FaqtError("the pack is neither an ArrayBuffer nor a view of one");
    this.#open();
  }

  #open() {
    try {
      this.#exports = new WebAssembly.Instance(this.#module, {}).exports;
    } catch (cause) {
      throw new FaqtError(`the engine does not start: ${cause.message}`, { cause });
    }
    try {
      const { manifest, version, compares_meaning } = this.#ask("faqt_open", this.#pack);
      this.#about = { manifest, version, comparesMeaning: compares_meaning };
    } catch (error) {
      this.#exports = null;
      throw error;
    }
  }

  /** Passes bytes to a function of the engine and reads what it answers. An instance that traps is given up. */
  #ask(name, bytes) {
    const engine = this.#exports;
    let answer;
    try {
      const buffer = engine.faqt_allocate(bytes.length);
      if (buffer === 0) throw new FaqtError("the engine has no memory left for this");
      // The memory may grow with every call, so its views are made anew.
      new Uint8Array(engine.memory.buffer).set(bytes, engine.faqt_address(buffer) >>> 0);
      const answered = engine[name](buffer);
      const start = engine.faqt_address(answered) >>> 0;
      answer = new TextDecoder().decode(new Uint8Array(engine.memory.buffer, start, engine.faqt_length(answered)));
      engine.faqt_release(answered);
    } catch (cause) {
      if (cause instanceof FaqtError) throw cause;
      this.#exports = null;
      throw new FaqtError(`the engine failed and starts anew at the next call: ${cause.message}`, { cause });
    }
    const { format_version, ...content } = JSON.parse(answer);
    if (content.error !== undefined) throw new FaqtError(content.error);
    return content;
  }

  #call(request) {
    if (this.#pack === null) throw new FaqtError("the knowledge base is closed");
    if (this.#exports === null) this.#open();
    return this.#ask("faqt_call", new TextEncoder().encode(JSON.stringify(request)));
  }

  /** The manifest of the pack. */
  get manifest() { return this.#about.manifest; }
  /** The version of the engine. */
  get version() { return this.#about.version; }
  /** True if questions are compared by meaning, beside words. */
  get comparesMeaning() { return this.#about.comparesMeaning; }

  search(query, { answeredMin, ...others } = {}) {
    const { limit, offset, section, language, languages, locale, version, kinds, ids, explain } = others;
    const options = {
      limit, offset, section, language, languages, locale, version, kinds, ids, answered_min: answeredMin, explain,
    };
    return this.#call({ call: "search", query: text(query, "the query"), options });
  }

  entry(id) { return this.#call({ call: "entry", id: text(id, "the id") }).entry; }
  keyword(term) { return this.#call({ call: "keyword", term: text(term, "the keyword") }).entries; }
  contents() { return this.#call({ call: "contents" }).contents; }

  complete(typed, limit = 8) {
    return this.#call({ call: "complete", typed: text(typed, "what was typed"), limit: count(limit, "the limit") }).completions;
  }

  html(markdown, { entryHref } = {}) {
    return this.#call({ call: "html", markdown: text(markdown, "the Markdown"), entry_href: entryHref }).html;
  }

  fragment(path, parameters = {}) {
    const texts = Object.entries(parameters).map(([name, value]) => [wellFormed(name), text(value, name)]);
    const { html, title, moved_to: movedTo, is_found: isFound } =
      this.#call({ call: "fragment", path: text(path, "the path"), parameters: Object.fromEntries(texts) });
    return { html, title, movedTo, isFound };
  }

  /** Frees the memory; every later call is an error. */
  close() {
    this.#exports = null;
    this.#pack = null;
  }
}

export { FaqtError, KnowledgeBase };
