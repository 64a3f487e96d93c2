// What every page does: a form is sent once, its problems are looked at first, a menu closes.
"use strict";

document.addEventListener("submit", (event) => {
  const { dataset } = event.target;
  // An impatient second press meets the next page's button, which nobody has read yet.
  const unread = "final" in dataset && performance.now() < 1500;
  if (dataset.sent || unread) {
    event.preventDefault();
  } else if (navigator.onLine) {
    dataset.sent = "yes";
  } else {
    event.preventDefault();
    tellOffline(event.target);
  }
});

// Better than the browser's own page, from which nobody knows whether it was sent.
function tellOffline(form) {
  document.getElementById("offline")?.remove();
  const note = document.createElement("div");
  Object.assign(note, { id: "offline", className: "note note-bad", textContent: document.body.dataset.offline });
  note.setAttribute("role", "alert");
  (form.closest(".send-bar") ?? form).before(note);
  note.scrollIntoView({ block: "center" });
}

// A page that comes back from the browser's memory may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

addEventListener("DOMContentLoaded", () => {
  const problem = document.querySelector("[data-problems]") ?? document.querySelector("main .is-invalid, main p.text-danger");
  problem?.scrollIntoView({ block: "center" });
  problem?.focus({ preventScroll: true });
});

// A link to a field leads into a closed line.
addEventListener("click", (event) => {
  const name = event.target.closest("a[href^='#']")?.hash.slice(1);
  const target = name && document.getElementById(name);
  if (!target) return;
  for (let row = target.closest("details"); row; row = row.parentElement.closest("details")) row.open = true;
  if (target.matches("input, select, textarea")) target.focus();
});

// Of a row that is wider than the glass, what is chosen is in view; the letters have their width by then.
addEventListener("load", () => {
  for (const chosen of document.querySelectorAll("nav > [aria-current]")) {
    const row = chosen.parentElement;
    const [place, frame] = [chosen.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += place.left - frame.left - (frame.width - place.width) / 2;
  }
});

const menu = document.querySelector("details.menu");
document.addEventListener("click", (event) => {
  if (menu && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (menu?.open && event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
