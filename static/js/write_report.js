// A report is saved as it is typed. The server is the truth; what could not reach it stays in this browser
// and is offered back. `known` holds what the server has of each field: where a field differs from it, the
// text is still on its way; where the server differs from it, somebody else wrote there.
"use strict";

const form = document.getElementById("report");
const words = document.getElementById("words").dataset;
const kept = form.querySelector("[data-kept]");
const trouble = form.querySelector("[data-trouble]");
const restored = form.querySelector("[data-restored]");
const undecided = new Map(); // names of fields that two people filled differently
const known = valuesOf(form);
const underway = new Set(); // files on their way to the server (attach_evidence.js)
let waiting = null;
let saving = null;

tidyDrawers();
bringBack();
form.addEventListener("input", typed);
form.addEventListener("click", clicked);
form.addEventListener("submit", checkAndSend);
for (const button of form.querySelectorAll("[data-again]")) button.hidden = false;
offerProposal();
for (const act of ["online", "focus"]) addEventListener(act, () => { if (waiting) save(); });
// The browser takes small pages along as it leaves; what it does not take is in the drawer.
addEventListener("pagehide", () => { if (waiting && !saving) navigator.sendBeacon(form.dataset.keepAt, parcel()); });
// Back from the browser's memory, the page no longer knows what the server has.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
showState();

function valuesOf(part) {
  const values = {};
  for (const field of part.elements) {
    if (!field.name || field.type === "hidden" || field.type === "file") continue;
    if (field.type !== "radio") values[field.name] = field.value;
    else values[field.name] = field.checked ? field.value : values[field.name] ?? "";
  }
  return values;
}

function unsent() {
  return Object.entries(valuesOf(form)).filter(([name, value]) => value !== (known[name] ?? ""));
}

function setValue(name, value) {
  const field = form.elements[name] ?? proposalField(name);
  if (!field) return;
  if (field instanceof RadioNodeList) {
    for (const radio of field) radio.checked = radio.value === value;
  } else {
    field.value = value;
  }
}

// Typing

function typed(event) {
  if (event.target.type === "file") return;
  remember();
  showState();
  // "Saved" would speak of the text before this.
  tell(words.saving);
  clearTimeout(waiting);
  waiting = setTimeout(save, 1000);
}

function clicked(event) {
  const again = event.target.dataset.again;
  if (again) {
    const field = document.getElementById(again);
    const text = event.target.parentElement.querySelector(".pre-line").textContent;
    field.value = field.value ? `${field.value}\n${text}` : text;
    event.target.hidden = true;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  } else if ("addProposal" in event.target.dataset) {
    addProposal().querySelector("input").focus();
  }
}

function addProposal() {
  const list = form.querySelector("[data-proposals]");
  const holder = document.createElement("div");
  holder.innerHTML = form.querySelector("[data-blank]").innerHTML.replaceAll("__place__", list.children.length);
  list.append(holder.firstElementChild);
  offerProposal();
  return list.lastElementChild;
}

function offerProposal() {
  const list = form.querySelector("[data-proposals]");
  form.querySelector("[data-add-proposal]").hidden = list.children.length >= list.dataset.most;
}

function proposalField(name) {
  const place = /^p(\d+)-/.exec(name)?.[1];
  const most = form.querySelector("[data-proposals]").dataset.most;
  while (place && Number(place) < most && !form.elements[name]) addProposal();
  return form.elements[name];
}

function showState() {
  const values = valuesOf(form);
  let filled = 0;
  for (const entry of form.querySelectorAll("[data-entry]")) {
    const said = (name) => values[`${entry.id}-${name}`] ?? "";
    const status = said("status");
    const percent = status !== "in_progress" || /^\s*\d{1,2}\s*$/.test(said("percent"));
    if (status === "not_started" || (status && percent && said("result").trim())) filled += 1;
    entry.classList.toggle("same", isSame(entry, said));
  }
  const count = form.querySelector("[data-filled]");
  count.textContent = words.filled.replace("{filled}", filled).replace("{total}", count.dataset.of);
}

function isSame(entry, said) {
  if (!entry.dataset.last) return false;
  const last = JSON.parse(entry.dataset.last);
  const names = [...entry.querySelectorAll(`[name^="${entry.id}-"]`)].map((field) => field.name.slice(entry.id.length + 1));
  const counts = (name) => name !== "percent" || said("status") === "in_progress";
  return names.every((name) => !counts(name) || said(name) === (last[name] ?? ""));
}

// Saving

function parcel() {
  const data = new FormData(form);
  data.set("csrfmiddlewaretoken", token());
  // Until a person decides, the other's text stays where two differ.
  for (const name of undecided.keys()) data.set(name, known[name] ?? "");
  return data;
}

// A new sign-in, in another window, comes with a new token.
function token() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : form.elements.csrfmiddlewaretoken.value;
}

async function save() {
  clearTimeout(waiting);
  if (saving) await saving;
  clearTimeout(waiting);
  waiting = null;
  saving = send().finally(() => { saving = null; });
  return saving;
}

async function send() {
  const data = parcel();
  tell(words.saving);
  let answer = null;
  try {
    answer = await fetch(form.dataset.keepAt, { method: "POST", body: data, redirect: "manual" });
  } catch {
    return later(words.offline);
  }
  if (answer.type === "opaqueredirect" || answer.status === 403) return later(words.signedOut, true);
  if (answer.status === 409) return merge(await answer.json());
  if (answer.status === 404) return stop(words.gone);
  if (!answer.ok) return later(words.refused);
  form.elements.version.value = (await answer.json()).version;
  for (const name of Object.keys(valuesOf(form))) if (data.has(name)) known[name] = data.get(name);
  trouble.hidden = true;
  tell(`✓ ${words.saved} ${new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" })}`);
  remember();
  if (!waiting && unsent().some(([name]) => !undecided.has(name))) waiting = setTimeout(save, 500);
  return true;
}

function later(text, signedOut = false) {
  tell("");
  trouble.textContent = `${text} `;
  trouble.hidden = false;
  if (signedOut) trouble.append(link(words.signIn, form.dataset.signIn, "_blank"));
  remember();
  clearTimeout(waiting);
  waiting = setTimeout(save, 5000);
  return false;
}

function tell(text) {
  kept.textContent = text;
}

// Somebody else was faster: take over what they wrote elsewhere, ask where both wrote.
function merge(there) {
  if (!there.writable) return close(there);
  const mine = valuesOf(form);
  for (const name of new Set([...Object.keys(there.typed), ...Object.keys(mine)])) {
    const theirs = there.typed[name] ?? "";
    const value = mine[name] ?? "";
    const untouched = value === (known[name] ?? "");
    if (theirs === (known[name] ?? "")) continue;
    known[name] = theirs;
    if (untouched) setValue(name, theirs);
    else if (value !== theirs) askWhich(name, theirs, there.by);
    else settle(name);
  }
  form.elements.version.value = there.version;
  showState();
  remember();
  return send();
}

function close(there) {
  stop(words.closed.replace("{state}", there.state));
  trouble.append(link(words.open, location.pathname.replace("edit/", ""), ""));
  return false;
}

// Nothing can be saved here any more; what was typed stays on the device.
function stop(text) {
  tell("");
  trouble.textContent = `${text} `;
  trouble.hidden = false;
  trouble.scrollIntoView({ block: "center" });
  remember();
  return false;
}

function askWhich(name, theirs, by) {
  const field = form.elements[name] instanceof RadioNodeList ? form.elements[name][0] : form.elements[name];
  if (!field) return;
  undecided.get(name)?.remove();
  const box = document.createElement("div");
  box.className = "note note-bad clash";
  const text = document.createElement("p");
  text.className = "pre-line";
  const label = document.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(theirs)}"] + span`);
  text.textContent = `${words.theirs.replace("{who}", by || words.somebody)} ${(label?.textContent ?? theirs) || words.empty}`;
  box.append(text, button(words.keepMine, () => decide(name)), button(words.takeTheirs, () => decide(name, known[name])));
  (field.closest("fieldset") ?? field).after(box);
  undecided.set(name, box);
}

function settle(name) {
  undecided.get(name)?.remove();
  undecided.delete(name);
}

function decide(name, value) {
  settle(name);
  if (value !== undefined) setValue(name, value);
  showState();
  remember();
  save();
}

// Check and send

async function checkAndSend(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  if (underway.size) tell(words.filesFirst);
  const arrived = await Promise.all(underway);
  const saved = await save();
  if (undecided.size) {
    trouble.textContent = words.decide;
    trouble.hidden = false;
    undecided.values().next().value.scrollIntoView({ block: "center" });
  } else if (!saved) {
    trouble.scrollIntoView({ block: "center" });
  } else if (!arrived.includes(false)) {
    location.assign(form.dataset.checkAt);
  }
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-quiet btn-sm";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function link(text, address, target) {
  const made = document.createElement("a");
  Object.assign(made, { textContent: text, href: address, target });
  return made;
}
