// Enhancement only: every page works without it.
import { initAll } from "./govuk-frontend.min.js";

initAll();

// On a phone the filters start folded, so that the list is what one sees first.
if (matchMedia("(max-width: 40.0525em)").matches) {
  for (const panel of document.querySelectorAll("details.app-filters")) panel.open = false;
}
