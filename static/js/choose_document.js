// The preview follows what is chosen, and the address with it; without this script a button shows the preview.
// A file is always of what stands in the fields.
"use strict";

const choice = document.querySelector("form[data-document]");
const PAUSE = 400;
let waiting;
let newest;
let printing = false;

choice.querySelector("[data-without-script]").hidden = true;

choice.addEventListener("input", (event) => {
  // Those of one unit sign nothing of another.
  if (event.target.name === "unit" && choice.elements.signer) choice.elements.signer.value = "";
  printing = false;
  clearTimeout(waiting);
  waiting = setTimeout(refresh, event.target.matches("select, [type=checkbox]") ? 0 : PAUSE);
});

choice.addEventListener("submit", (event) => {
  printing = Boolean(event.submitter?.hasAttribute("formaction"));
  if (printing) {
    // The way back leads to what is printed, and a file that is kept leaves this page as it is.
    keepInAddress();
    setTimeout(() => { delete choice.dataset.sent; });
  } else {
    event.preventDefault();
    refresh();
  }
});

function keepInAddress() {
  const asked = new URLSearchParams([...new FormData(choice)].filter(([, value]) => value));
  history.replaceState(null, "", `?${asked}`);
  return location.search;
}

async function refresh() {
  clearTimeout(waiting);
  const address = keepInAddress();
  newest = address;
  document.getElementById("document-preview").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Meanwhile something else was chosen.
    if (newest !== address) return;
    if (!page.querySelector("form[data-document]")) throw new Error(answer.status);
    for (const part of document.querySelectorAll("[data-live]")) take(part, page.getElementById(part.id));
    for (const error of choice.querySelectorAll(".field-error")) {
      document.getElementById(error.id.replace("_error", "")).ariaInvalid = error.textContent ? "true" : null;
    }
  } catch {
    // Signed out, or without a connection: the page itself says so. Whoever prints is leaving it.
    if (newest === address && !printing) location.reload();
  }
}

// What has the focus stays as it is.
function take(part, fresh) {
  if (fresh && !part.contains(document.activeElement)) part.replaceWith(document.importNode(fresh, true));
}
