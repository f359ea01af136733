// The page in a browser: asks an engine and shows its fragments. Without this script, forms and links do the same.
(() => {
  "use strict";
  const root = document.documentElement;
  const inFragments = root.dataset.addresses === "fragments";
  const TYPING_PAUSE_MS = 120;

  /** Splits an address within the site into the path and the parameters of a fragment. */
  function route(address) {
    const [path, query] = address.replace(/^#?\/?/, "").split(/\?(.*)/s);
    const parameters = Object.fromEntries(new URLSearchParams(query || ""));
    let decoded = path;
    try { decoded = decodeURIComponent(path); } catch { /* It is no encoded text, so it stands for itself. */ }
    return { path: decoded, parameters };
  }

  /** Returns the address of a path with parameters; empty ones are left out. */
  function address(path, parameters) {
    const given = Object.entries(parameters).filter(([, value]) => value !== "");
    const query = new URLSearchParams(given).toString();
    const place = path.startsWith("e/") ? "e/" + encodeURIComponent(path.slice(2)) : path;
    const start = inFragments ? "#/" : "/";
    return start + (place === "ask" && !inFragments ? "" : place) + (query ? "?" + query : "");
  }

  /** An engine that asks the server of this page. */
  const server = {
    async fragment(path, parameters) {
      const answer = await fetch("/fragment" + address(path, parameters));
      if (!answer.ok && answer.status !== 404) throw new Error(await answer.text());
      return answer.text();
    },
  };

  function start(engine) {
    const form = document.getElementById("ask");
    const field = document.getElementById("q");
    const list = document.getElementById("options");
    const main = document.getElementById("main");
    const status = document.getElementById("status");
    let active = -1;
    let asked = 0;
    let suggested = 0;
    let typing;
    let last = location.pathname + location.search;

    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", "options");
    field.setAttribute("aria-autocomplete", "list");

    const say = (text) => { status.textContent = text; };
    const options = () => [...list.children];
    const chosen = () => Object.fromEntries([...form.querySelectorAll(".choices [name]")].map((box) => [box.name, box.value]));

    function close() {
      list.hidden = true;
      active = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }

    function activate(number) {
      const all = options();
      if (all.length === 0) return;
      active = (number + all.length + 1) % (all.length + 1);
      all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
      const option = all[active];
      if (!option) { active = -1; field.removeAttribute("aria-activedescendant"); return; }
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    async function suggest() {
      const typed = field.value.trim();
      const number = ++suggested;
      if (!typed) { close(); say(""); return; }
      const html = await engine.fragment("complete", { ...chosen(), q: typed }).catch(() => "");
      if (number !== suggested) return;
      list.innerHTML = html;
      const count = options().length;
      active = -1;
      field.removeAttribute("aria-activedescendant");
      list.hidden = count === 0;
      field.setAttribute("aria-expanded", String(count > 0));
      say(count ? root.dataset.suggestionCount.replace("{}", count) : root.dataset.noSuggestion);
    }

    /** Says above what is shown that the engine does not answer. */
    function fail() {
      main.querySelector(".failed")?.remove();
      const note = document.createElement("p");
      note.className = "failed";
      note.textContent = root.dataset.failed;
      main.prepend(note);
      say(root.dataset.failed);
    }

    /** Shows a fragment in place of the last; the reader is told, and the next Tab goes on from its heading. */
    async function show(path, parameters, { push = true, focus = true } = {}) {
      clearTimeout(typing);
      const number = ++asked;
      suggested++;
      close();
      let html;
      try { html = await engine.fragment(path, parameters); } catch { fail(); return; }
      if (number !== asked) return;
      main.innerHTML = html;
      const facts = main.firstElementChild ? main.firstElementChild.dataset : {};
      document.title = facts.title || document.title;
      // The address of an entry stays what it is, whatever question led there.
      const here = address(facts.movedTo || path, path.startsWith("e/") ? {} : parameters);
      const isHere = here === (inFragments ? location.hash : location.pathname + location.search);
      if (push && !isHere) history.pushState(null, "", here);
      else if (facts.movedTo) history.replaceState(null, "", here);
      last = location.pathname + location.search;
      if (parameters.q !== undefined && (path === "ask" || path === "")) field.value = parameters.q;
      say(facts.status || "");
      const heading = main.querySelector("h1") || main;
      if (focus) { heading.focus({ preventScroll: true }); window.scrollTo(0, 0); }
    }

    const here = () => route(inFragments ? location.hash : location.pathname + location.search);
    const isOwn = (path) => path === "" || path === "ask" || path === "contents" || path === "keywords" || path.startsWith("e/");

    field.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(suggest, TYPING_PAUSE_MS);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const isOpen = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!isOpen) { suggest(); return; }
        activate(event.key === "ArrowDown" ? active + 1 : active < 0 ? options().length - 1 : active - 1);
      } else if (event.key === "Enter" && isOpen && active >= 0) {
        event.preventDefault();
        show(options()[active].dataset.path, {});
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        suggested++;
        close();
      } else if (event.key === "Tab") {
        suggested++;
        close();
      }
    });
    field.addEventListener("blur", () => { clearTimeout(typing); suggested++; close(); });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) show(option.dataset.path, {});
    });
    form.addEventListener("change", (event) => {
      if (event.target.closest(".choices") && field.value.trim()) show("ask", { q: field.value.trim(), ...chosen() });
    });

    document.addEventListener("submit", async (event) => {
      const sent = event.target;
      const facts = Object.fromEntries(new FormData(sent, event.submitter));
      if (sent.classList.contains("helped")) {
        event.preventDefault();
        const answer = await fetch(sent.action, { method: "POST", body: new URLSearchParams(facts) }).catch(() => null);
        say(answer && answer.ok ? root.dataset.thanks : root.dataset.failed);
        if (answer && answer.ok) sent.querySelector("legend").textContent = root.dataset.thanks;
        if (answer && answer.ok) sent.querySelectorAll("button").forEach((button) => { button.disabled = true; });
        return;
      }
      if (!sent.dataset.path) return;
      event.preventDefault();
      show(sent.dataset.path, { ...facts, ...(facts.q === undefined ? {} : { q: facts.q.trim() }) });
    });

    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const href = link.getAttribute("href");
      if (href === "#passage") {
        // The address stays that of the answer.
        event.preventDefault();
        const passage = document.getElementById("passage");
        passage.scrollIntoView();
        passage.focus({ preventScroll: true });
        return;
      }
      if (inFragments ? !href.startsWith("#/") : !href.startsWith("/")) return;
      const { path, parameters } = route(href);
      if (!isOwn(path)) return;
      event.preventDefault();
      show(path, parameters);
    });
    // A footnote's address changes no path; its jump is the browser's own.
    const returned = () => {
      const now = location.pathname + location.search;
      if (inFragments ? location.hash && !location.hash.startsWith("#/") : now === last && location.hash) return;
      last = now;
      const { path, parameters } = here();
      show(path, parameters, { push: false });
    };
    addEventListener("popstate", returned);
    if (inFragments && location.hash.startsWith("#/")) {
      const { path, parameters } = here();
      if (path || parameters.q) show(path, parameters, { push: false, focus: false });
    }
  }

  globalThis.faqtPage = { start, route, address };
  if (!inFragments) start(server);
})();
