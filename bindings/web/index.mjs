// Loading for browsers and Node; the engine itself is `engine.mjs`.
import { FaqtError, KnowledgeBase } from "./engine.mjs";

const isNode = typeof process !== "undefined" && Boolean(process.versions?.node);
let compiled;

/** Reads bytes from an address, a path (in Node), a response or what holds bytes already. */
async function bytes(source) {
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return source;
  if (typeof Response !== "undefined" && source instanceof Response) return body(source);
  if (isNode && (typeof source === "string" && !/^(https?|data|blob):/.test(source) || source?.protocol === "file:")) {
    const { readFile } = await import("node:fs/promises");
    return readFile(source);
  }
  return body(await fetch(source));
}

async function body(response) {
  if (!response.ok) throw new FaqtError(`${response.url || "the address"} answers ${response.status}`);
  return response.arrayBuffer();
}

/** Compiles the engine: the one of this package, or that of `source`. The package's is compiled once. */
export async function compile(source) {
  if (source !== undefined) return source instanceof WebAssembly.Module ? source : WebAssembly.compile(await bytes(source));
  compiled ??= bytes(new URL("./wasm/faqt.wasm", import.meta.url)).then((wasm) => WebAssembly.compile(wasm));
  try {
    return await compiled;
  } catch (error) {
    compiled = undefined;
    throw error;
  }
}

/** Opens a pack: its bytes, an address, a response, or a path in Node. */
export async function open(pack, { engine } = {}) {
  try {
    const [module, content] = await Promise.all([compile(engine), bytes(pack)]);
    return new KnowledgeBase(module, content);
  } catch (cause) {
    throw cause instanceof FaqtError ? cause : new FaqtError(cause.message, { cause });
  }
}

export { FaqtError, KnowledgeBase };
