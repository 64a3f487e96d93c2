// A cell of the matrix opens its assignment in place; without this script it is a link.
"use strict";

const matrix = document.querySelector("[data-matrix]");
const opened = document.createElement("dialog");
const closer = document.createElement("button");
opened.className = "opened";
closer.className = "btn btn-quiet btn-sm";
closer.type = "button";

matrix?.addEventListener("click", (event) => {
  const link = event.target.closest("td a[href^='/assignments/']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openInPlace(link);
});

async function openInPlace(link) {
  try {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector("[data-part]");
    if (!part) throw new Error(answer.status);
    // The day is that of the matrix.
    part.querySelector(".as-of").remove();
    closer.textContent = matrix.dataset.close;
    opened.setAttribute("aria-label", part.querySelector("h1").textContent.trim());
    opened.replaceChildren(closer, document.importNode(part, true));
    document.body.append(opened);
    opened.showModal();
    opened.scrollTop = 0;
  } catch {
    // Signed out, or gone meanwhile: the page itself says so.
    location.assign(link.href);
  }
}

closer.addEventListener("click", () => opened.close());
// A press beside the dialog closes it as well.
opened.addEventListener("click", (event) => {
  if (event.target === opened) opened.close();
});
