// The page of a paper that is being printed: asks how far it is, and goes on to the file when it is there.
// Without scripts the page loads itself again.
"use strict";

const printing = document.querySelector("[data-printing]");
const [bar, words] = printing?.children ?? [];
const started = performance.now();

function show({ progress, stage }) {
  if (progress) Object.assign(bar, { max: progress[1], value: progress[0] });
  // Whoever listens is told what is new alone.
  if (words.textContent !== stage) words.textContent = stage;
}

async function ask() {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "application/json" } });
    // Signed out meanwhile, or an error of a server in front: its own page says more.
    if (answer.redirected || (!answer.ok && answer.status < 500)) return location.reload();
    const told = await answer.json();
    if (told.next) return location.replace(told.next);
    show(told);
  } catch {
    words.textContent = printing.dataset.lost;
  }
  // Most papers take a second or two.
  setTimeout(ask, performance.now() - started < 4000 ? 250 : 1000);
}

if (printing) setTimeout(ask, 150);

// The page before knows more of where the person was than the one to which the link leads.
for (const link of document.querySelectorAll("[data-back]")) {
  link.addEventListener("click", (event) => {
    if (!document.referrer.startsWith(`${location.origin}/`)) return;
    event.preventDefault();
    history.back();
  });
}
