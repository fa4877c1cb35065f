/* The need desk: nothing typed is lost, @ names a colleague, and one key does what a click does (they can be switched off). */
"use strict";

(() => {
  const body = document.body;
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isTyping = (target) => target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  /* ── What is typed is kept: at once in this browser, soon on the server; there it stays until it is sent ── */
  const PREFIX = "gu-unsent:";
  const whose = find("[data-desk-keys]")?.dataset.user ?? "";
  const place = (form) => `${PREFIX}${whose}:${form.dataset.keepUrl}`;
  const timers = new WeakMap();
  const fields = (form) => all("input:not([type=hidden], [type=file], [type=password]), textarea, select", form)
    .filter((field) => field.name && (!["checkbox", "radio"].includes(field.type) || field.checked));
  const typed = (form) => {
    const values = new URLSearchParams();
    fields(form).forEach((field) => values.append(field.name, field.value));
    return values;
  };
  const tell = (form, isKept) => {
    const status = find("[data-draft-status]", form);
    if (!status) return;
    const clock = new Date().toTimeString().slice(0, 5);
    status.textContent = isKept ? body.dataset.saySaved.replace("{time}", clock) : body.dataset.sayUnsaved;
    status.classList.toggle("is-bad", !isKept);
  };
  const keepHere = (form) => {
    try { localStorage.setItem(place(form), JSON.stringify([Date.now(), typed(form).toString()])); } catch { /* full, or closed to us */ }
  };
  const forgetHere = (form) => { try { localStorage.removeItem(place(form)); } catch { /* closed to us */ } };
  const keepThere = async (form) => {
    if ("sent" in form.dataset || !form.isConnected) return;
    const values = typed(form);
    values.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(form.dataset.keepUrl, { method: "POST", body: values, keepalive: true }).catch(() => null);
    if (answer?.ok) forgetHere(form);
    tell(form, Boolean(answer?.ok));
  };
  const soon = (form, wait) => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => { timers.delete(form); keepThere(form); }, wait));
  };
  const kept = (event) => event.target.closest?.("form[data-keep-url]");
  document.addEventListener("input", (event) => {
    const form = kept(event);
    if (form) { keepHere(form); soon(form, 3000); }
  });
  /* The click that sends also leaves the field: wait a moment, sending cancels it. */
  document.addEventListener("focusout", (event) => {
    const form = kept(event);
    if (form && timers.has(form)) soon(form, 400);
  });
  document.addEventListener("submit", (event) => { if (kept(event)) clearTimeout(timers.get(kept(event))); });
  addEventListener("pagehide", () => all("form[data-keep-url]").forEach((form) => {
    if (timers.has(form)) keepThere(form);
  }));

  const sent = document.cookie.split("; ").find((one) => one.startsWith("sent="));
  if (sent) {
    const url = decodeURIComponent(sent.slice(5).replaceAll('"', ""));
    try { localStorage.removeItem(`${PREFIX}${whose}:${url}`); } catch { /* closed to us */ }
    document.cookie = "sent=; Max-Age=0; path=/; SameSite=Lax";
  }
  /* What the server never got (no connection, a crash) comes back into fields that are empty. */
  const restore = (form) => {
    let found = null;
    try { found = JSON.parse(localStorage.getItem(place(form))); } catch { /* closed to us, or not ours */ }
    if (!found) return;
    if (Date.now() - found[0] > 30 * 864e5) { forgetHere(form); return; }
    for (const [name, value] of new URLSearchParams(found[1])) {
      const field = form.elements[name];
      if (!(field instanceof HTMLTextAreaElement) || field.value || !value) continue;
      field.value = value;
      const folded = form.closest("details");
      if (folded) folded.open = true;
      soon(form, 1000);
    }
  };
  all("form[data-keep-url]").forEach(restore);
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
    if (node instanceof HTMLFormElement && node.dataset.keepUrl) restore(node);
  }))).observe(body, { childList: true, subtree: true });

  /* ── @ names a colleague ──────────────────────────────────────────────────────────────────────── */
  const said = find("[data-colleagues]");
  let colleagues = null;
  const readColleagues = async () => {
    const answer = await fetch(said.dataset.colleagues, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) { colleagues = null; return []; }
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    return all("li", read).map((one) => ({ name: one.dataset.name, words: one.dataset.words.toLowerCase() }));
  };
  const fetchColleagues = () => { colleagues ??= readColleagues(); return colleagues; };
  const closeNames = () => all(".names").forEach((list) => list.remove());
  const begun = (area) => /(?:^|[^A-Za-z0-9._-])@([^\s@]{0,20})$/.exec(area.value.slice(0, area.selectionStart));
  const putName = (area, chosen) => {
    const start = area.selectionStart - begun(area)[1].length;
    area.setRangeText(`${chosen} `, start, area.selectionStart, "end");
    closeNames();
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const showNames = async (area) => {
    if (!begun(area)) { closeNames(); return; }
    const everybody = await fetchColleagues();
    closeNames();
    const match = begun(area); /* typing went on meanwhile */
    const found = match ? everybody.filter((one) => one.words.includes(match[1].toLowerCase())).slice(0, 8) : [];
    if (!found.length) return;
    const list = document.createElement("ul");
    list.className = "names";
    list.setAttribute("role", "listbox");
    found.forEach((one, at) => {
      const item = document.createElement("li");
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(at === 0));
      item.textContent = one.name;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); putName(area, one.name); });
      list.append(item);
    });
    area.after(list);
  };
  if (said) {
    document.addEventListener("input", (event) => { if (event.target.matches?.("#note-internal textarea")) showNames(event.target); });
    document.addEventListener("keydown", (event) => {
      const list = find(".names");
      if (!list || event.isComposing) return;
      const items = all("li", list);
      const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        items.forEach((item, index) => item.setAttribute("aria-selected", String(index === (at + step + items.length) % items.length)));
      } else if (event.key === "Enter" || event.key === "Tab") {
        event.preventDefault();
        putName(find("textarea", list.parentElement), items[at].textContent);
      } else if (event.key === "Escape") { event.stopPropagation(); closeNames(); }
    }, true);
    document.addEventListener("focusout", () => setTimeout(closeNames, 200));
  }

  /* ── Single keys: never while typing, never with Ctrl, Alt or Meta, and off for whoever wants none (WCAG 2.1.4) ── */
  const help = find("[data-desk-keys]");
  if (!help) return;
  const OFF = "gu-keys-off";
  const read = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
  const box = find("[data-keys-off]", help);
  if (box) {
    box.checked = !read();
    box.addEventListener("change", () => { try { localStorage.setItem(OFF, box.checked ? "0" : "1"); } catch { /* closed to us */ } });
  }
  const rows = () => all("table.table tbody tr").filter((row) => find("th a", row));
  const step = (by) => {
    const list = rows();
    if (!list.length) return;
    const at = list.findIndex((row) => row.classList.contains("is-here"));
    const next = list[at < 0 ? 0 : Math.min(Math.max(at + by, 0), list.length - 1)];
    list.forEach((row) => row.classList.toggle("is-here", row === next));
    find("th a", next).focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const openFold = (fold) => {
    if (!fold) return false;
    if (fold instanceof HTMLDetailsElement) fold.open = true;
    (find("textarea, select, input:not([type=hidden]), ul summary, ul a", fold) ?? find("summary", fold)).focus();
    fold.scrollIntoView({ block: "nearest" });
    return true;
  };
  const click = (selector) => { const link = find(selector); link?.click(); return Boolean(link); };
  const here = () => find("tr.is-here");
  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    o: () => { if (here()) find("th a", here()).click(); },
    x: () => { const pick = here() && find("input[type=checkbox]", here()); if (pick) pick.click(); },
    n: () => openFold(find("#note-internal, #note-from_applicant, #note-from_answerer")),
    a: () => openFold(find("details#move-answer") ?? all("details[id^='move-help']").find((one) => one.offsetParent)) || click("a[href$='/moves/answer/']") || openFold(find("#note-to_applicant")),
    m: () => openFold(find("#macros")) || find("#bulk select")?.focus(),
    w: () => find("#watch")?.requestSubmit(),
    l: () => click("a[href*='/w/needs/next/']"),
    "?": () => find("dialog", help)?.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isTyping(event.target)) return;
    if (event.key !== "?" && read()) return;
    if (find("dialog[open]") || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
})();
