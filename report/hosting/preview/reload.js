// Put into pages by the preview only: reloads when the site was built again, shows what a failed build says.
"use strict";
(() => {
  const { version, events } = document.currentScript.dataset;
  let box = null;
  const show = (text) => {
    if (!text) {
      if (box) box.remove();
      box = null;
      return;
    }
    if (!box) {
      box = document.createElement("pre");
      box.id = "preview-error";
      box.setAttribute("role", "alert");
      // By rule and not by attribute: the page's policy allows no inline style.
      box.style.cssText =
        "position:fixed;inset:auto 0 0 0;z-index:9;margin:0;padding:1rem;max-height:60vh;overflow:auto;" +
        "white-space:pre-wrap;background:#fff;color:#111;border-top:4px solid #b00020;font:15px/1.4 monospace";
      document.body.append(box);
    }
    box.textContent = `The last build failed; this is the site before it.\n\n${text}`;
  };
  const source = new EventSource(events);
  source.onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (String(state.version) !== version) location.reload();
    else show(state.error);
  };
  addEventListener("pagehide", () => source.close());
})();
