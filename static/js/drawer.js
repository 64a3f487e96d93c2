// What was typed in a report and has not reached the server yet, kept in this browser (see write_report.js).
"use strict";

const report = document.getElementById("report").dataset;
const drawer = `bam-sat-report-${report.report}-${report.user}`;
const mine = new Set(); // what this tab has put into the drawer, which other tabs use too
const LONGEST_KEPT = 60 * 24 * 3600 * 1000;

function drawerTexts() {
  try {
    return JSON.parse(localStorage.getItem(drawer) ?? "{}").texts ?? {};
  } catch {
    return {};
  }
}

function remember() {
  const texts = drawerTexts();
  for (const name of mine) delete texts[name];
  mine.clear();
  for (const [name, value] of unsent()) {
    texts[name] = { value, known: known[name] ?? "", undecided: undecided.has(name) };
    mine.add(name);
  }
  try {
    if (Object.keys(texts).length) localStorage.setItem(drawer, JSON.stringify({ at: Date.now(), texts }));
    else localStorage.removeItem(drawer);
  } catch {
    // A browser that keeps nothing: the page still saves every second.
  }
}

// A drawer that nobody has opened for long holds what was given up.
function tidyDrawers() {
  for (const name of Object.keys(localStorage).filter((key) => key.startsWith("bam-sat-report-"))) {
    try {
      if (Date.now() - JSON.parse(localStorage.getItem(name)).at > LONGEST_KEPT) localStorage.removeItem(name);
    } catch {
      localStorage.removeItem(name);
    }
  }
}

function bringBack() {
  const back = [];
  for (const [name, text] of Object.entries(drawerTexts())) {
    const there = known[name] ?? "";
    mine.add(name);
    if (text.value === there) continue;
    setValue(name, text.value);
    if (text.known === there && !text.undecided) back.push(name);
    else askWhich(name, there, "");
  }
  if (back.length) tellRestored(back);
  if (back.length || undecided.size) waiting = setTimeout(save, 100);
}

function tellRestored(names) {
  const before = Object.fromEntries(names.map((name) => [name, known[name] ?? ""]));
  restored.textContent = `${words.restored.replace("{count}", names.length)} `;
  restored.hidden = false;
  restored.append(button(words.undo, () => {
    for (const name of names) setValue(name, before[name]);
    restored.hidden = true;
    form.dispatchEvent(new Event("input"));
  }));
}
