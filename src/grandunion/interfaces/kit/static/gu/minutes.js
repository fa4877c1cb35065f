/* The minutes by keyboard: a letter chooses the kind, n and a take the next thing up, Ctrl-Enter enters. */
"use strict";

(() => {
  const form = document.querySelector("[data-minutes]");
  const kind = form?.elements.statement_kind;
  const kinds = kind ? new Map([...kind.options].map((option) => [option.value[0], option.value])) : new Map();
  const isTyping = (target) => target.matches?.("input, textarea, select, [contenteditable]");

  form?.elements.organisation.setAttribute("list", "bodies");
  if (form && !document.querySelector("[data-focus]")) kind.focus();

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key === "Enter" && form?.contains(event.target)) form.requestSubmit();
      return;
    }
    if (event.key === "Escape" && isTyping(event.target)) { event.target.blur(); return; }
    const isKind = event.target === kind;
    if (isTyping(event.target) && !isKind) return;
    const key = event.key.toLowerCase();
    if (kinds.has(key)) {
      event.preventDefault();
      kind.value = kinds.get(key);
      form.elements.organisation.focus();
      form.elements.organisation.select();
      return;
    }
    const waiting = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
    if (waiting.length) { event.preventDefault(); waiting.at(-1).click(); } /* the oldest stands last */
  });
})();
