// The front page follows the archive: what changed is asked for again when the subscription says so.
const EVENTS = ["LiveArticles", "LiveAbstracts"];

// Several changes in quick succession are one.
const PAUSE = 1000;

async function renew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!document.querySelector(".board") !== !fresh.querySelector(".board")) {
    document.querySelector("main").replaceWith(fresh.querySelector("main"));
    return;
  }
  for (const old of document.querySelectorAll("[data-live]")) {
    const part = fresh.getElementById(old.id);
    // What somebody is in the middle of stays as it is.
    if (!part || old.contains(document.activeElement) || old.querySelector(":checked, details[open]")) continue;
    if (part.outerHTML !== old.outerHTML) old.replaceWith(part);
  }
}

export function live() {
  if (!document.querySelector("[data-live]")) return;
  let waiting;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => renew().catch(() => {}), PAUSE);
  };
  for (const name of EVENTS) {
    const events = new EventSource(`/graphql?documentId=${name}`);
    events.addEventListener("next", later);
    events.addEventListener("complete", () => events.close());
  }
}
