/* What JavaScript adds to pages that already work without it; every sentence comes from the page's data-say-* marks. */
"use strict";

(() => {
  const body = document.body;
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const on = (event, handler, root = document) => root.addEventListener(event, handler);
  const later = (handler, wait) => {
    let timer;
    return (...given) => { clearTimeout(timer); timer = setTimeout(() => handler(...given), wait); };
  };

  /* ── Saying things ─────────────────────────────────────────────────────────────────────────── */
  const say = (sentence) => { find("#live").textContent = sentence; };

  const icon = (name) => {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const use = document.createElementNS(space, "use");
    const sprite = find("svg.icon use")?.getAttribute("href").split("#")[0] ?? "";
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `${sprite}#${name}`);
    svg.append(use);
    return svg;
  };

  const toast = (sentence, kind = "warn") => {
    const notice = document.createElement("div");
    const words = document.createElement("div");
    const close = document.createElement("button");
    notice.className = `notice notice-${kind}`;
    words.textContent = sentence;
    close.type = "button";
    close.className = "notice-close";
    close.dataset.dismiss = "";
    close.setAttribute("aria-label", body.dataset.sayClose);
    close.append(icon("x"));
    notice.append(icon(kind === "ok" ? "circle-check" : "triangle-alert"), words, close);
    find("#toasts").append(notice);
    say(sentence);
    setTimeout(() => notice.remove(), 9000);
  };

  /* ── Menus, notices, dialogs, copying ──────────────────────────────────────────────────────── */
  all("[data-dismiss], [data-copy]").forEach((button) => { button.hidden = false; });
  find("[data-focus]")?.focus();

  const closeMenus = (except) => all("details[data-menu][open]").forEach((menu) => {
    if (!except || !menu.contains(except)) menu.open = false;
  });

  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    toast(body.dataset.sayCopied, "ok");
  };

  on("click", (event) => {
    const target = event.target instanceof Element ? event.target : body;
    closeMenus(target);
    target.closest("[data-dismiss]")?.closest(".notice").remove();
    target.closest("[data-dialog-close]")?.closest("dialog").close();
    const copied = target.closest("[data-copy]");
    if (copied) copy(copied);
    const opener = target.closest("[data-dialog-open]");
    if (opener) document.getElementById(opener.dataset.dialogOpen).showModal();
  });

  on("keydown", (event) => {
    if (event.key !== "Escape") return;
    const folded = document.activeElement?.closest("details:is([data-menu], [data-unfold])[open]");
    closeMenus();
    if (!folded) return;
    folded.open = false;
    find("summary", folded).focus();
  });

  /* ── The menu as a drawer on narrow screens ────────────────────────────────────────────────── */
  const drawer = find("#menu");
  const turnDrawer = (isOpen) => {
    drawer.classList.toggle("is-open", isOpen);
    if (isOpen) find("a", drawer).focus();
    else find("[data-menu-open]")?.focus();
  };
  if (drawer) {
    on("click", (event) => {
      const mark = event.target.closest?.("[data-menu-open], [data-menu-close]");
      if (!mark) return;
      event.preventDefault();
      turnDrawer(mark.hasAttribute("data-menu-open"));
    });
    on("keydown", (event) => {
      if (event.key === "Escape" && drawer.classList.contains("is-open")) turnDrawer(false);
    });
  }

  /* ── Sending: ask first where asked to, and send once ──────────────────────────────────────── */
  const confirmation = find("#confirm");

  const askFirst = (form, submitter) => {
    find("[data-dialog-body]", confirmation).textContent = form.dataset.confirm;
    find("[data-dialog-yes]", confirmation).onclick = () => {
      confirmation.close();
      form.dataset.confirmed = "";
      form.requestSubmit(submitter);
    };
    confirmation.showModal();
  };

  on("submit", (event) => {
    const form = event.target;
    if (form.dataset.confirm && !("confirmed" in form.dataset)) {
      event.preventDefault();
      askFirst(form, event.submitter);
      return;
    }
    if (form.method !== "post" || "many" in form.dataset) return;
    if ("sent" in form.dataset) {
      event.preventDefault();
      say(body.dataset.saySending);
      return;
    }
    form.dataset.sent = "";
    event.submitter?.setAttribute("aria-disabled", "true");
  });

  /* Coming back by the browser's button must find the form ready to send again. */
  on("pageshow", () => all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    delete form.dataset.confirmed;
    all("[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
  }), window);

  /* ── Drafts that save themselves ───────────────────────────────────────────────────────────── */
  const clock = () => new Date().toTimeString().slice(0, 5);

  const withoutFiles = (form) => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    return fields;
  };

  const keepDraft = async (form) => {
    if ("sent" in form.dataset) return;
    const status = find("[data-draft-status]", form);
    const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: withoutFiles(form) }).catch(() => null);
    const isSaved = Boolean(answer?.ok);
    status.textContent = isSaved ? body.dataset.saySaved.replace("{time}", clock()) : body.dataset.sayUnsaved;
    status.classList.toggle("is-bad", !isSaved);
  };

  all("form[data-draft-url]").forEach((form) => on("input", later(() => keepDraft(form), 2000), form));

  /* ── Fragments: what looks alike, what the search suggests ─────────────────────────────────── */
  const fragment = async (address, words, signal) => {
    const joint = address.includes("?") ? "&" : "?";
    const answer = await fetch(`${address}${joint}q=${encodeURIComponent(words)}`, {
      headers: { Accept: "text/html", "X-Requested-With": "fetch" }, signal,
    });
    return answer.ok ? answer.text() : "";
  };

  /* An older answer must never overwrite a newer one: each asking cancels the one before. */
  const asker = (address, place, after = () => {}) => {
    let running = new AbortController();
    return async (words) => {
      running.abort();
      running = new AbortController();
      try {
        place.innerHTML = words ? (await fragment(address, words, running.signal)).trim() : "";
        after();
      } catch (error) {
        if (error.name !== "AbortError") place.textContent = "";
      }
    };
  };

  all("[data-similar-url]").forEach((input) => {
    const place = document.getElementById(input.dataset.similarTarget);
    const ask = asker(input.dataset.similarUrl, place);
    on("input", later(() => ask(input.value.trim().length > 1 ? input.value.trim() : ""), 350), input);
  });

  /* ── Fields that are asked only where another field has a certain value ────────────────────── */
  all("[data-when]").forEach((place) => {
    const [name, value] = place.dataset.when.split("=");
    const asked = place.closest("form").elements[name];
    const turn = () => {
      place.hidden = asked.value !== value;
      all("input, select, textarea", place).forEach((field) => { field.disabled = place.hidden; });
    };
    on("change", turn, asked);
    turn();
  });

  /* ── The search dialog: Ctrl-K ─────────────────────────────────────────────────────────────── */
  const palette = find("#palette");

  const startPalette = () => {
    const input = find("input", palette);
    const results = find("#palette-results");
    const options = () => all("li > a", results);
    let chosen = -1;

    const choose = (index) => {
      const list = options();
      chosen = list.length ? (index + list.length) % list.length : -1;
      list.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
      list[chosen]?.scrollIntoView({ block: "nearest" });
      if (chosen < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list[chosen].id);
    };

    const dress = () => {
      all("ul", results).forEach((list) => {
        list.setAttribute("role", "listbox");
        list.setAttribute("aria-label", palette.getAttribute("aria-label"));
      });
      options().forEach((option, at) => {
        option.id = `palette-option-${at}`;
        option.setAttribute("role", "option");
        option.tabIndex = -1;
        option.parentElement.setAttribute("role", "none");
      });
      choose(options().length ? 0 : -1);
    };

    const ask = asker(palette.dataset.url, results, dress);
    on("input", later(() => ask(input.value.trim()), 150), input);
    on("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); choose(chosen + step); }
      const link = event.key === "Enter" && !event.isComposing && options()[chosen];
      if (link) { event.preventDefault(); link.click(); }
    }, input);
    on("click", (event) => { if (event.target === palette) palette.close(); }, palette);
    return (words = "") => {
      input.value = words;
      if (!palette.open) palette.showModal();
      input.select();
      ask(words.trim());
    };
  };

  if (palette?.showModal) {
    const openPalette = startPalette();
    on("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      openPalette(find("[data-palette-open] input")?.value);
    });
    all("[data-palette-open] input").forEach((input) => on("input", () => openPalette(input.value), input));
  }

  /* ── The board: dragging sends what the card's own menu would send ─────────────────────────── */
  const startBoard = (board) => {
    let held = null;
    const way = (card, column) => find(`[data-target="${CSS.escape(column.dataset.column)}"]`, card);
    const refusal = (card, column) => find(`[data-refused="${CSS.escape(column.dataset.column)}"] span`, card);
    const columnOf = (event) => event.target.closest?.("[data-column]");

    const drop = (column) => {
      const target = way(held, column);
      if (target instanceof HTMLFormElement) target.requestSubmit();
      else if (target) target.click();
      else if (!column.contains(held)) toast(refusal(held, column)?.textContent || body.dataset.sayNoMove);
    };

    all("[data-card]", board).forEach((card) => { card.draggable = true; });
    on("dragstart", (event) => {
      held = event.target.closest?.("[data-card]");
      if (!held) return;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", find("a", held).href);
      held.classList.add("is-held");
      all("[data-column]", board).forEach((column) => {
        column.classList.toggle("is-closed", !way(held, column) && !column.contains(held));
      });
    }, board);
    on("dragover", (event) => {
      if (!held || !columnOf(event)) return;
      event.preventDefault();
      all(".is-over", board).forEach((column) => column.classList.remove("is-over"));
      columnOf(event).classList.add("is-over");
    }, board);
    on("drop", (event) => {
      if (!held || !columnOf(event)) return;
      event.preventDefault();
      drop(columnOf(event));
    }, board);
    on("dragend", () => {
      held?.classList.remove("is-held");
      held = null;
      all("[data-column]", board).forEach((column) => column.classList.remove("is-over", "is-closed"));
    }, board);
  };

  all("[data-board]").forEach(startBoard);

  /* ── Forms that are fetched when they are opened; without this script each is a link to its page ── */
  const fetchForm = async (details, address) => {
    details.setAttribute("aria-busy", "true");
    const answer = await fetch(address, { headers: { Accept: "text/html", "X-Requested-With": "fetch" } })
      .catch(() => null);
    details.removeAttribute("aria-busy");
    if (!answer?.ok || answer.redirected) { location.assign(address); return; }
    find("summary", details).insertAdjacentHTML("afterend", await answer.text());
    find(":is(input:not([type=hidden]), select, textarea)", details)?.focus();
    const version = find("input[name=version]", details);
    if (version && details.dataset.version) version.value = details.dataset.version; /* what the reader has seen */
  };

  all("[data-unfold]").forEach((place) => {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    const link = find("a", place);
    details.className = place.className;
    details.id = place.id;
    Object.assign(details.dataset, place.dataset);
    summary.append(...link.childNodes);
    details.append(summary);
    on("toggle", () => { if (details.open && !find("form", details)) fetchForm(details, link.href); }, details);
    place.replaceWith(details);
  });

  /* ── Parts of a page that are fetched after it; without this script each is a link to its own page ── */
  all("[data-fetch]").forEach(async (place) => {
    place.setAttribute("aria-busy", "true");
    const answer = await fetch(find("a", place).href, { headers: { Accept: "text/html", "X-Requested-With": "fetch" } })
      .catch(() => null);
    const part = answer?.ok && !answer.redirected ? (await answer.text()).trim() : "";
    place.removeAttribute("aria-busy");
    if (part) place.innerHTML = part;
    else if (answer?.ok || answer?.status === 404) {
      const panel = place.parentElement;
      place.remove();
      if (panel.children.length === 1) panel.remove(); /* only its heading is left */
    }
  });

  /* A link to a folded move (#move-CODE) opens it. */
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) { target.open = true; find("summary", target).focus(); }
  };
  on("hashchange", unfold, window);
  unfold();
})();
