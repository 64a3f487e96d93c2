// The queue of reports: all that are clean at a press, and how many the button would accept.
"use strict";

const form = document.getElementById("queue");
const all = form?.querySelector("[data-all]");
const button = form?.querySelector("[data-accept]");
const words = button?.textContent;
const boxes = form ? [...form.querySelectorAll("[name=pick]")] : [];

if (all) {
  all.closest("[hidden]").hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  form.addEventListener("change", tell);
  addEventListener("pageshow", tell);
}

function tell() {
  const count = boxes.filter((box) => box.checked).length;
  all.checked = count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
  button.textContent = count ? button.dataset.accept.replace("{count}", count) : words;
  button.disabled = count === 0;
}
