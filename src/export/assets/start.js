// Starts the engine of an exported page. Until then the page's own HTML answers.
const root = document.documentElement;
const note = document.getElementById("faqt-note");
const form = document.getElementById("ask");

/** Says why there is no search, above all that stands in the page without it. */
const say = (text) => {
  delete root.dataset.search;
  const rest = document.querySelector("#faqt-all noscript");
  if (rest) rest.outerHTML = rest.textContent;
  note.textContent = text;
  note.hidden = false;
};

/** Returns what stands in the page under this name, or in a file of the site. */
async function data(name) {
  const here = document.getElementById(`faqt-${name}`);
  if (here) return here.textContent;
  const scripts = document.querySelector("[data-faqt-files]").dataset.faqtFiles;
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${scripts}${name}.js`;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${script.src} cannot be loaded`));
    document.head.append(script);
  });
  return globalThis.faqtData[name];
}

async function unpack(name) {
  const text = await data(name);
  const bytes = Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

async function load() {
  const [module, pack] = await Promise.all([unpack("engine").then((bytes) => WebAssembly.compile(bytes)), unpack("pack")]);
  return new KnowledgeBase(module, pack);
}

let knowledgeBase;
/** The knowledge base, for those who write to the console of a page, and for tests. */
Object.defineProperty(globalThis, "faqtKnowledgeBase", { get: () => (knowledgeBase ??= load()) });
/** The engine of the page's script. */
const engine = {
  async fragment(path, parameters) {
    knowledgeBase ??= load();
    try {
      return (await knowledgeBase).fragment(path, parameters).html;
    } catch (error) {
      console.error(error);
      say(note.dataset.failed);
      throw error;
    }
  },
};

/** Lets the engine answer from now on. */
function begin() {
  globalThis.faqtPage.start(engine);
  const all = document.getElementById("faqt-all");
  if (all) all.remove();
}

if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function") {
  say(note.dataset.unsupported);
} else {
  root.dataset.search = "";
  if (document.getElementById("faqt-pack")) {
    // One file: all that stands below the page goes once the engine runs.
    const early = (event) => {
      event.preventDefault();
      location.hash = `#/?${new URLSearchParams(new FormData(form))}`;
    };
    form.addEventListener("submit", early);
    knowledgeBase = load();
    knowledgeBase.then(() => {
      form.removeEventListener("submit", early);
      begin();
    }, (error) => {
      console.error(error);
      say(note.dataset.failed);
    });
  } else {
    // A site: its pages are there already, so the engine is loaded where something is asked.
    begin();
    form.addEventListener("focusin", () => { (knowledgeBase ??= load()).catch(() => {}); }, { once: true });
  }
}
