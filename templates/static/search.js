// The search page. The index is fetched when somebody searches, in pieces, from this site only.
"use strict";
(() => {
  const form = document.querySelector(".search");
  const field = document.getElementById("q");
  const status = document.getElementById("found");
  const list = document.getElementById("results");
  const more = document.getElementById("more");
  const BATCH = 20;
  const index = new URL("../pagefind/pagefind.js", document.currentScript.src);
  // What it says stands at its place, with signs for the number and the words that were looked for.
  const said = status.dataset;
  let loading = null;
  let asked = 0;
  let rest = [];

  if (location.protocol === "file:") {
    status.textContent = said.served;
    return;
  }

  function load() {
    loading ??= import(index.href).then(async (pagefind) => {
      await pagefind.options({ excerptLength: 24 });
      await pagefind.init();
      return pagefind;
    });
    return loading;
  }

  // Text only, whatever it holds; the words found are between <mark> tags.
  function marked(excerpt) {
    const line = document.createElement("p");
    excerpt.split(/<mark>(.*?)<\/mark>/s).forEach((part, at) => {
      const text = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
      const piece = at % 2 ? document.createElement("mark") : document.createTextNode(text);
      if (at % 2) piece.textContent = text;
      line.append(piece);
    });
    line.dir = "auto";
    return line;
  }

  function entry({ raw_url, url, meta, excerpt }) {
    const item = document.createElement("li");
    const kind = document.createElement("span");
    const link = document.createElement("a");
    kind.className = "kind";
    kind.textContent = meta.kind;
    link.href = raw_url || url;
    link.textContent = meta.title;
    link.dir = "auto";
    item.append(kind, link, marked(excerpt));
    return item;
  }

  async function show() {
    const batch = rest.splice(0, BATCH);
    const number = asked;
    const found = await Promise.all(batch.map((result) => result.data()));
    if (number !== asked) return;
    const first = list.children.length;
    list.append(...found.map(entry));
    more.hidden = rest.length === 0;
    if (first) list.children[first].querySelector("a").focus();
  }

  async function search() {
    const words = field.value.trim();
    const number = ++asked;
    history.replaceState(null, "", words ? `?q=${encodeURIComponent(words)}` : location.pathname);
    if (!words) {
      list.replaceChildren();
      status.textContent = "";
      more.hidden = true;
      return;
    }
    try {
      const pagefind = await load();
      const answer = await pagefind.search(words);
      if (number !== asked) return;
      rest = [...answer.results];
      list.replaceChildren();
      const count = rest.length;
      status.textContent = count
        ? (count === 1 ? said.one : said.several).replace("#", count).replace("…", () => words)
        : said.nothing.replace("…", () => words);
      await show();
    } catch (error) {
      status.textContent = said.failed;
      loading = null;
      console.error(error);
    }
  }

  let waiting = 0;
  field.addEventListener("focus", () => load().catch(() => (loading = null)), { once: true });
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    search();
  });
  more.addEventListener("click", show);

  form.hidden = false;
  const words = new URLSearchParams(location.search).get("q");
  if (words) {
    field.value = words;
    search();
  }
})();
