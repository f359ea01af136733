// Checked by `tsc`, not run: what a program in TypeScript writes.
import { FaqtError, KnowledgeBase, compile, open, type Entry, type Findings } from "../index.mjs";

export async function ask(pack: Uint8Array): Promise<string> {
  const kb: KnowledgeBase = await open(pack, { engine: await compile() });
  try {
    const found: Findings = kb.search("reset lamp", { limit: 3, kinds: ["procedure"], explain: true });
    const entry: Entry | null = found.answer ?? kb.entry("reset");
    const shown = kb.fragment("ask", { q: "reset" });
    return entry ? kb.html(entry.answer, { entryHref: "/help/" }) : shown.title;
  } catch (error) {
    if (error instanceof FaqtError) return error.message;
    throw error;
  } finally {
    kb.close();
  }
}

// @ts-expect-error: a question is text
export const wrong = (kb: KnowledgeBase) => kb.search(42);
