// Evidence is sent as soon as it is chosen, file by file; a file that did not arrive can be chosen again.
"use strict";

for (const place of document.querySelectorAll("[data-files]")) {
  place.querySelector("input[type=file]").addEventListener("change", (event) => {
    const sending = sendAll(place, event.target).finally(() => underway.delete(sending));
    underway.add(sending);
  });
}

// Gives whether all of them arrived.
async function sendAll(place, input) {
  const told = place.querySelector("[data-upload]");
  const problems = [];
  const files = [...input.files];
  for (const [index, file] of files.entries()) {
    told.textContent = `${words.sending} ${index + 1}/${files.length}: ${file.name}`;
    const problem = await sendOne(place, input.form, file);
    if (problem) problems.push(problem);
  }
  input.value = "";
  await showLists();
  told.textContent = problems.join(" ");
  told.classList.toggle("text-danger", problems.length > 0);
  if (problems.length) place.scrollIntoView({ block: "center" });
  return problems.length === 0;
}

// Gives what went wrong, or nothing.
async function sendOne(place, filesForm, file) {
  const data = new FormData(filesForm);
  data.delete("files");
  data.set("csrfmiddlewaretoken", token());
  data.append("files", file);
  try {
    const answer = await fetch(filesForm.action, { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) return `${file.name}: ${words.signedOut}`;
    const said = await answer.json();
    if (!answer.ok) return `${file.name}: ${said.error}`;
    takeVersion(said.version);
    return "";
  } catch {
    return `${file.name}: ${words.notSent}`;
  }
}

// Each change counts one: one more than this page knows was its own file, and nobody wrote between. Otherwise
// the next saving is told what there is to merge.
function takeVersion(version) {
  const field = form.elements.version;
  if (version === Number(field.value) + 1) field.value = version;
}

// The list is drawn in one place, the server's page.
async function showLists() {
  let page = null;
  try {
    page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  } catch {
    return;
  }
  for (const place of document.querySelectorAll("[data-files]")) {
    const drawn = page.querySelector(`[data-files="${place.dataset.files}"] [data-list]`);
    if (drawn) place.querySelector("[data-list]").replaceChildren(...drawn.childNodes);
  }
}

// Removing goes the same way, so that nothing typed is left behind by a change of page.
form.addEventListener("click", async (event) => {
  const address = event.target.closest("[data-remove-evidence]")?.formAction;
  if (!address) return;
  event.preventDefault();
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token());
  try {
    const answer = await fetch(address, { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) return later(words.signedOut, true);
    if (answer.ok) takeVersion((await answer.json()).version);
    else if (answer.status !== 404) return later(words.refused);
    await showLists();
  } catch {
    later(words.offline);
  }
});
