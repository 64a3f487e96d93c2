// The page of a paper that is being printed: asks how far it is, and goes on to the file when it is there.
// Without scripts the page loads itself again.
"use strict";

const printing = document.querySelector("[data-printing]");
const [bar, words] = printing?.children ?? [];
const started = performance.now();

function show(progress) {
  if (!progress) return;
  const [done, of] = progress;
  Object.assign(bar, { max: of, value: done });
  words.textContent = printing.dataset.parts.replace("{done}", done).replace("{of}", of);
}

async function ask() {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "application/json" } });
    // Signed out meanwhile, or an error of a server in front: its own page says more.
    if (answer.redirected || (!answer.ok && answer.status < 500)) return location.reload();
    const told = await answer.json();
    if (told.next) return location.replace(told.next);
    words.textContent = "";
    show(told.progress);
  } catch {
    words.textContent = printing.dataset.lost;
  }
  // Most papers take a second or two.
  setTimeout(ask, performance.now() - started < 4000 ? 250 : 1000);
}

if (printing) setTimeout(ask, 150);

for (const button of document.querySelectorAll("[data-back]")) {
  button.hidden = history.length < 2;
  button.addEventListener("click", () => history.back());
}
