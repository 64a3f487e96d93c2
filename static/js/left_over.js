// What was typed on this device and came too late to be sent: shown on the report, until the person drops it.
"use strict";

const place = document.querySelector("[data-left-over]");
const drawer = place && `bam-sat-report-${place.dataset.report}-${place.dataset.user}`;
const texts = place ? leftOver() : [];

if (texts.length) {
  for (const text of texts) {
    const line = document.createElement("p");
    line.className = "pre-line";
    line.textContent = text;
    place.querySelector("[data-texts]").append(line);
  }
  place.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(drawer);
    place.hidden = true;
  });
  place.hidden = false;
}

function leftOver() {
  try {
    const kept = Object.entries(JSON.parse(localStorage.getItem(drawer)).texts);
    return kept.filter(([name]) => !name.endsWith("-status")).map(([, text]) => text.value).filter((text) => text.trim());
  } catch {
    return [];
  }
}
