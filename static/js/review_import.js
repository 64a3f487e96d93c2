// The preview of an import: shows where a value was read, and keeps what is typed on the server.
"use strict";

const form = document.querySelector("form[data-keep-at]");
const source = document.querySelector("[data-source]");
const kept = form.querySelector("[data-kept]");
let waiting = null;

for (const act of ["focusin", "click"]) {
  form.addEventListener(act, (event) => {
    const row = event.target.closest("[data-lines]");
    if (row) showLines(...row.dataset.lines.split("-").map(Number));
  });
}

function showLines(first, last) {
  for (const line of source.querySelectorAll(".lit")) line.classList.remove("lit");
  for (let number = first; first && number <= last; number += 1) {
    source.querySelector(`#line-${number}`)?.classList.add("lit");
  }
  const top = first ? source.querySelector(`#line-${first}`) : null;
  if (top) source.scrollTo({ top: top.offsetTop - source.clientHeight / 3 });
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(keep, 1000);
});
form.addEventListener("submit", () => {
  clearTimeout(waiting);
  waiting = null;
});

// The browser takes small pages along as it leaves; for a long one the person is asked to stay a moment.
addEventListener("beforeunload", (event) => {
  if (!waiting) return;
  if (navigator.sendBeacon(form.dataset.keepAt, new FormData(form))) {
    clearTimeout(waiting);
    waiting = null;
  } else {
    keep();
    event.preventDefault();
  }
});
// Back from the browser's memory, the page no longer knows what the server has.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

async function keep() {
  waiting = null;
  let answer = null;
  try {
    answer = await fetch(form.dataset.keepAt, { method: "POST", body: new FormData(form) });
  } catch {
    // No connection: said below.
  }
  if (answer?.status === 200 && !answer.redirected) {
    form.elements.version.value = await answer.text();
    tell(`✓ ${form.dataset.keptWord} ${new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" })}`, false);
  } else if (answer?.status === 409) {
    tell(form.dataset.overtaken, true);
  } else {
    tell(form.dataset.notKept, true);
    waiting = setTimeout(keep, 10_000);
  }
}

function tell(text, bad) {
  kept.textContent = text;
  kept.classList.toggle("text-danger", bad);
}
