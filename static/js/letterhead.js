// The paper beside the form follows what is typed. The server makes it; the latest answer wins, and without
// one the paper stays as it was.
"use strict";

const typing = document.querySelector("form[data-preview-at]");
const paper = document.querySelector("[data-preview]");
let pause = null;
let asked = null;

typing.querySelector("[data-without-script]").hidden = true;
for (const act of ["input", "change"]) typing.addEventListener(act, soon);
// The browser may bring back what was typed before.
addEventListener("pageshow", soon);

function soon() {
  clearTimeout(pause);
  pause = setTimeout(show, 300);
}

async function show() {
  asked?.abort();
  asked = new AbortController();
  try {
    const { previewAt } = typing.dataset;
    const answer = await fetch(previewAt, { method: "POST", body: new FormData(typing), signal: asked.signal });
    if (answer.ok && !answer.redirected) paper.innerHTML = await answer.text();
  } catch {
    // No connection, or a later question.
  }
}
