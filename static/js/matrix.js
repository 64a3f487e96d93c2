// A cell of the matrix opens its assignment in place, and arrows lead from cell to cell; without this script
// cells are links.
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
  // So that Back closes it.
  history.pushState({ opened: link.href }, "");
  openInPlace(link.href);
});

async function openInPlace(address) {
  try {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector("[data-part]");
    if (!part) throw new Error(answer.status);
    // Left meanwhile.
    if (history.state?.opened !== address || opened.open) return;
    // The day is that of the matrix.
    part.querySelector("[data-day]")?.remove();
    closer.textContent = matrix.dataset.close;
    opened.setAttribute("aria-label", part.querySelector("h1").textContent.trim());
    opened.replaceChildren(closer, document.importNode(part, true));
    document.body.append(opened);
    opened.showModal();
    opened.scrollTop = 0;
  } catch {
    // Signed out, or gone meanwhile: the page itself says so.
    location.replace(address);
  }
}

function showState() {
  if (history.state?.opened) openInPlace(history.state.opened);
  else opened.close();
}

closer.addEventListener("click", () => opened.close());
// A press beside the dialog closes it as well.
opened.addEventListener("click", (event) => {
  if (event.target === opened) opened.close();
});
opened.addEventListener("close", () => {
  if (history.state?.opened) history.back();
});
addEventListener("popstate", showState);
if (matrix) showState();

// Of thousands of links one is a stop of the Tab key.
const links = [...(matrix?.querySelectorAll("table a") ?? [])];
let stop = links[0];
for (const link of links.slice(1)) link.tabIndex = -1;
for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = !matchMedia("(hover: hover)").matches;

const moves = {
  ArrowLeft: (link) => links[links.indexOf(link) - 1],
  ArrowRight: (link) => links[links.indexOf(link) + 1],
  ArrowUp: (link) => beyond(link, -1),
  ArrowDown: (link) => beyond(link, 1),
  Home: (link) => link.closest("tr").querySelector("a"),
  End: (link) => [...link.closest("tr").querySelectorAll("a")].at(-1),
};

// The next one of the same column that is no gap.
function beyond(link, step) {
  const column = link.closest("th, td").cellIndex;
  const rows = [...matrix.querySelectorAll("tr")];
  for (let place = rows.indexOf(link.closest("tr")) + step; rows[place]; place += step) {
    const found = rows[place].cells[column]?.querySelector("a");
    if (found) return found;
  }
}

matrix?.addEventListener("keydown", (event) => {
  const link = event.target.closest("table a");
  if (!link || !(event.key in moves) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  moves[event.key](link)?.focus();
});

matrix?.addEventListener("focusin", ({ target }) => {
  if (!target.matches("table a")) return;
  stop.tabIndex = -1;
  stop = target;
  stop.tabIndex = 0;
  // Browsers are content with a cell that a head covers; under a press nothing may move.
  if (target.matches(":focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
});
