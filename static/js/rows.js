// Rows that can be added, in forms with [data-rows]; without scripts the rows that are there still work.
"use strict";

for (const form of document.querySelectorAll("form[data-rows]")) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add]");
    if (button) addRow(form, button);
  });
  form.addEventListener("change", (event) => {
    if (event.target.name.endsWith("-DELETE")) showDropped(event.target);
  });
  form.addEventListener("input", (event) => {
    if (/-(title|name)$/.test(event.target.name)) showTitle(event.target);
  });
  form.querySelectorAll("input[name$='-DELETE']:checked").forEach(showDropped);
}

function addRow(form, button) {
  const prefix = button.dataset.add;
  const total = form.elements[`${prefix}-TOTAL_FORMS`];
  const blank = form.querySelector(`template[data-blank="${prefix}"]`);
  const holder = document.createElement("div");
  holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", total.value);
  const row = holder.firstElementChild;
  listFor(form, button).append(row);
  row.open = true;
  if (prefix === "groups") offerGroup(form, total.value);
  if (button.dataset.group) row.querySelector("[name$='-group']").value = button.dataset.group;
  total.value = Number(total.value) + 1;
  row.querySelector("input:not([type=hidden]):not([type=number]):not([type=checkbox]), textarea").focus();
}

function listFor(form, button) {
  const group = button.dataset.group;
  return form.querySelector(`[data-list="${button.dataset.add}"]${group ? `[data-group="${group}"]` : ""}`);
}

// A new group can be chosen by every task at once, before the page is sent.
function offerGroup(form, place) {
  const templates = [...form.querySelectorAll("template")].map((template) => template.content);
  for (const part of [form, ...templates]) {
    for (const select of part.querySelectorAll("select[name^='tasks-'][name$='-group']")) {
      select.add(new Option(`+ ${Number(place) + 1}`, place));
    }
  }
}

function showTitle(field) {
  const title = field.closest("[data-row]")?.querySelector(".read-title");
  if (title && field.value) title.textContent = field.value;
}

function showDropped(box) {
  box.closest("[data-row]").classList.toggle("dropped", box.checked);
}
