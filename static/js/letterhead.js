// The paper beside the form follows what is typed. The server makes it; the latest answer wins, and without
// one the paper stays as it was. What is typed is never lost: leaving is asked about, and it is sent once the
// server knows the person.
"use strict";

const typing = document.querySelector("form[data-preview-at]");
const paper = document.querySelector("[data-preview]");
const signedOut = typing.querySelector("[data-signed-out]");
let pause = null;
let asked = null;
let edited = null;
let leaving = false;

for (const button of typing.querySelectorAll("[data-without-script]")) button.remove();
for (const part of typing.querySelectorAll("[data-with-script]")) part.hidden = false;
for (const act of ["input", "change"]) typing.addEventListener(act, soon);
typing.addEventListener("focusin", (event) => {
  edited = event.target;
  showCount();
  follow();
});
typing.addEventListener("submit", send);
// The browser may bring back what was typed before.
addEventListener("pageshow", soon);
addEventListener("beforeunload", (event) => { if (!leaving && isChanged()) event.preventDefault(); });

function soon() {
  showCount();
  clearTimeout(pause);
  pause = setTimeout(show, 300);
}

async function show() {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await preview(asked.signal);
    if (!answer.ok || answer.redirected) return;
    paper.innerHTML = await answer.text();
    follow();
  } catch {
    // No connection, or a later question.
  }
}

function preview(signal) {
  takeToken();
  return fetch(typing.dataset.previewAt, { method: "POST", body: new FormData(typing), signal });
}

// A new sign-in, in another window, comes with a new token.
function takeToken() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  if (cookie) typing.elements.csrfmiddlewaretoken.value = cookie.slice("csrftoken=".length);
}

function showCount() {
  typing.querySelector("[data-count]").textContent = rows().length;
}

function rows() {
  return [...typing.querySelectorAll("[data-row]")].filter((row) => !row.querySelector("[name$=-DELETE]").checked);
}

// What is being edited is in view where the paper has a window of its own.
function follow() {
  if (!edited) return;
  const row = edited.closest("[data-row]");
  const said = rows().filter((each) => fieldsOf(each).some((field) => field.value.trim()));
  const sheet = paper.querySelectorAll(".letterhead-sheet")[row ? said.indexOf(row) + 1 : 0];
  const part = row ? sheet : sheet.querySelector(edited.closest("[data-shown-in]")?.dataset.shownIn ?? ".head");
  if (!part || (row && !said.includes(row))) return;
  const room = paper.parentElement;
  const [frame, place] = [room.getBoundingClientRect(), part.getBoundingClientRect()];
  if (place.top < frame.top) room.scrollTop -= frame.top - place.top;
  else if (place.bottom > frame.bottom) room.scrollTop += Math.min(place.bottom - frame.bottom, place.top - frame.top);
}

function fieldsOf(part) {
  return [...part.querySelectorAll("input:not([type=hidden], [type=checkbox]), textarea")];
}

function isChanged() {
  if ("unsaved" in typing.dataset) return true;
  const dropped = [...typing.querySelectorAll("[type=checkbox]")].some((box) => box.checked !== box.defaultChecked);
  return dropped || fieldsOf(typing).some((field) => field.value !== field.defaultValue);
}

// Whose sign-in has ended would find another page in place of what was typed.
async function send(event) {
  if (typing.dataset.sent || !navigator.onLine) return;
  event.preventDefault();
  try {
    let answer = await preview();
    // The answer to an earlier preview may have brought another token meanwhile.
    if (answer.status === 403) answer = await preview();
    signedOut.hidden = !answer.redirected && answer.status !== 403;
    leaving = signedOut.hidden;
    if (leaving) return typing.submit();
    signedOut.scrollIntoView({ block: "center" });
  } catch {
    tellOffline(typing);
  }
  delete typing.dataset.sent;
}
