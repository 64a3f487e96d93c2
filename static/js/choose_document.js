// The preview and the files follow what is chosen, and the address with them; without this script a button
// shows the preview.
"use strict";

const choice = document.querySelector("form[data-document]");
const PAUSE = 400;
let waiting;
let newest;

choice.querySelector("[data-without-script]").hidden = true;

choice.addEventListener("input", (event) => {
  // Those of one unit sign nothing of another.
  if (event.target.name === "unit" && choice.elements.signer) choice.elements.signer.value = "";
  clearTimeout(waiting);
  waiting = setTimeout(refresh, event.target.matches("select, [type=checkbox]") ? 0 : PAUSE);
});

choice.addEventListener("submit", (event) => {
  event.preventDefault();
  refresh();
});

async function refresh() {
  clearTimeout(waiting);
  const asked = new URLSearchParams([...new FormData(choice)].filter(([, value]) => value));
  const address = `?${asked}`;
  newest = address;
  history.replaceState(null, "", address);
  document.getElementById("document-preview").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Meanwhile something else was chosen.
    if (newest !== address) return;
    if (!page.querySelector("form[data-document]")) throw new Error(answer.status);
    for (const part of document.querySelectorAll("[data-live]")) take(part, page.getElementById(part.id));
  } catch {
    // Signed out, or without a connection: the page itself says so.
    if (newest === address) location.reload();
  }
}

// What has the focus stays as it is.
function take(part, fresh) {
  if (fresh && !part.contains(document.activeElement)) part.replaceWith(document.importNode(fresh, true));
}
