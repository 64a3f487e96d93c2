// The assign page: whole groups at a press, and what the button would do, said beside it.
"use strict";

const form = document.querySelector("main form");
const told = form.querySelector("[data-chosen]");
const ticked = (selector) => [...form.querySelectorAll(`${selector}:checked`)];

form.addEventListener("click", (event) => {
  const all = event.target.closest("[data-all]");
  if (!all) return;
  const boxes = [...form.querySelectorAll(`[data-set="${all.dataset.all}"] input`)];
  const missing = boxes.some((box) => !box.checked);
  for (const box of boxes) box.checked = missing;
  tell();
});
form.addEventListener("change", tell);
addEventListener("pageshow", tell);

function tell() {
  const whole = ticked("[name=kinds]").map((box) => box.closest("[data-kind]"));
  const single = ticked("[name=units]").filter((box) => !whole.includes(box.closest("[data-kind]")));
  const units = ticked("[name=kinds]").reduce((sum, box) => sum + Number(box.dataset.count), single.length);
  const tasks = ticked("[name=tasks]").length;
  told.textContent = tasks || units ? told.dataset.chosen.replace("{tasks}", tasks).replace("{units}", units) : "";
}
