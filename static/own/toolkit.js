// Enhancement only: every page works without it.
import { initAll } from "./govuk-frontend.min.js";

initAll();

// On a phone the filters start folded, so that the list is what one sees first.
if (matchMedia("(max-width: 40.0525em)").matches) {
  for (const panel of document.querySelectorAll("details.app-filters")) panel.open = false;
}

// Files that are being written: the list is fetched anew every few seconds, until it says that nothing is on its way.
async function refresh(list) {
  const answer = await fetch(list.dataset.refresh);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(list.id);
  if (!fresh) return;
  list.replaceChildren(...fresh.childNodes);
  if (fresh.dataset.refresh) setTimeout(() => refresh(list), 4000);
}
for (const list of document.querySelectorAll("[data-refresh]")) setTimeout(() => refresh(list), 4000);
