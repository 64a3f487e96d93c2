// A button that copies a text: [data-copy] names the field, [data-done] is said then. Without scripts the
// text is selected by hand.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    const done = await copied(field);
    button.parentElement.querySelector("[role=status]").textContent = done ? button.dataset.done : button.dataset.otherwise;
    if (done) button.focus();
  });
}

// Browsers give the clipboard to pages that came over https alone; the older way works on every page.
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return document.execCommand("copy");
  }
}
