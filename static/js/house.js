// What every page does: a form is sent once, what was typed outlives a sign-in that has ended, problems are
// looked at first, a menu closes.
"use strict";

document.addEventListener("submit", (event) => {
  const { dataset } = event.target;
  if (dataset.sent) {
    event.preventDefault();
  } else if (navigator.onLine) {
    dataset.sent = "yes";
    if (!event.defaultPrevented) keepTyped(event.target);
  } else {
    event.preventDefault();
    // Better than the browser's own page, from which nobody knows whether it was sent.
    showNote("offline", "note note-bad", document.body.dataset.offline, (note) => (event.target.closest(".send-bar") ?? event.target).before(note));
  }
});

function showNote(id, look, text, put) {
  document.getElementById(id)?.remove();
  const note = document.createElement("div");
  Object.assign(note, { id, className: look, textContent: text });
  note.setAttribute("role", "alert");
  put(note);
  note.scrollIntoView({ block: "center" });
}

// A page that comes back from the browser's memory may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// An impatient second press meets the next page's button, which nobody has read yet.
addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("form[data-final] button")) {
    button.disabled = true;
    setTimeout(() => { button.disabled = false; }, 1500);
  }
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

// Forms without anything to type, those that keep it by themselves, and passwords are left alone.
const TYPED_IN = "textarea, select, input:not([type=hidden])";
const OWN_WAY = "[data-keep-at], [data-preview-at], :has([type=password])";
const person = document.body.dataset.person;
const address = location.pathname + location.search;

function keepTyped(form) {
  if (!person) return;
  sessionStorage.removeItem("typed");
  if (form.method !== "post" || form.matches(OWN_WAY) || !form.closest("main") || !form.querySelector(TYPED_IN)) return;
  const fields = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  const place = [...document.forms].indexOf(form);
  sessionStorage.setItem("typed", JSON.stringify({ address, person, place, action: form.getAttribute("action"), fields }));
}

// The sign-in page came instead of an answer: only then is it typed again, and for the same person.
addEventListener("DOMContentLoaded", () => {
  const typed = JSON.parse(sessionStorage.getItem("typed"));
  if (!typed) return;
  if (!person) {
    sessionStorage.setItem("typed", JSON.stringify({ ...typed, unsent: true }));
  } else if (!typed.unsent || typed.person !== person) {
    sessionStorage.removeItem("typed");
  } else if (typed.address === address) {
    sessionStorage.removeItem("typed");
    const form = document.forms[typed.place];
    if (form?.getAttribute("action") === typed.action) typeAgain(form, typed.fields);
  }
});

function typeAgain(form, fields) {
  addRowsAgain(form, fields);
  for (const field of form.elements) {
    const said = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = said.includes(field.value);
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = said.includes(option.value);
    else if (said.length && field.type !== "submit") field.value = said[0];
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  showNote("typed-again", "note", document.body.dataset.typedAgain, (note) => form.prepend(note));
}

// Rows that were added in the browser (rows.js).
function addRowsAgain(form, fields) {
  for (const [name, value] of fields) {
    const button = name.endsWith("-TOTAL_FORMS") && form.querySelector(`[data-add="${name.slice(0, -12)}"]`);
    for (let row = Number(form.elements[name]?.value); button && row < Number(value); row += 1) button.click();
  }
}
