// The preview of an import: shows where a value was read, and keeps what is typed on the server.
"use strict";

const form = document.querySelector("form[data-keep]");
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
  waiting = setTimeout(keep, 1500);
});
form.addEventListener("submit", () => clearTimeout(waiting));
addEventListener("pagehide", () => { if (waiting) navigator.sendBeacon(location.href, typed()); });

function typed() {
  const data = new FormData(form);
  data.set("act", "keep");
  return data;
}

async function keep() {
  waiting = null;
  try {
    const answer = await fetch(location.href, { method: "POST", body: typed() });
    // A sign-in page in place of the empty answer means that the session has ended.
    if (answer.status !== 204) throw new Error(answer.statusText);
    kept.classList.remove("text-danger");
    kept.textContent = `✓ ${form.dataset.keep} ${new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" })}`;
  } catch {
    kept.textContent = form.dataset.notKept;
    kept.classList.add("text-danger");
    waiting = setTimeout(keep, 10_000);
  }
}
