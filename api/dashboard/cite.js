// Ties what is said of an article to the sentences it rests on: pointing at the one lights up the other.

/** @param {string} name @param {string} mark a class @param {boolean} on */
function light(name, mark, on) {
  const pieces = document.querySelectorAll(`[data-marks~="${CSS.escape(name)}"]`);
  const links = document.querySelectorAll(`[data-cites="${CSS.escape(name)}"]`);
  for (const found of [...pieces, ...links]) found.classList.toggle(mark, on);
}

/** The sentence that the address names stays lit. A sentence may be in several pieces, of which `:target` has one. */
function landed() {
  for (const lit of document.querySelectorAll(".landed")) lit.classList.remove("landed");
  const name = decodeURIComponent(location.hash.slice(1));
  if (name) light(name, "landed", true);
}

export function cite() {
  for (const link of document.querySelectorAll("[data-cites]")) {
    for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]]) {
      link.addEventListener(event, () => light(link.dataset.cites, "lit", on));
    }
  }
  for (const piece of document.querySelectorAll("[data-marks]")) {
    const all = (on) => piece.dataset.marks.split(" ").forEach((name) => light(name, "lit", on));
    piece.addEventListener("pointerenter", () => all(true));
    piece.addEventListener("pointerleave", () => all(false));
  }
  addEventListener("hashchange", landed);
  landed();
}
