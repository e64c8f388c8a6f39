// Search as you type, and lists that narrow as boxes are ticked: the server makes the list, this puts it in place.
const PAUSE = 250;

export function search() {
  const form = document.querySelector("form.filters");
  if (!form) return;
  let waiting;
  let asked;

  const show = async () => {
    asked?.abort();
    asked = new AbortController();
    const fields = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(fields).toString();
    const address = query ? `${form.getAttribute("action")}?${query}` : form.getAttribute("action");
    const results = document.getElementById("results");
    try {
      const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      results.replaceChildren(...fresh.getElementById("results").childNodes);
      // The feeds are those of the list that is shown now.
      document.querySelector(".feeds").replaceWith(fresh.querySelector(".feeds"));
      const feeds = (page) => page.head.querySelectorAll("link[rel=alternate]");
      feeds(document).forEach((link) => link.remove());
      document.head.append(...feeds(fresh));
      document.title = fresh.title;
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") form.submit();
    }
  };

  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(show, event.target.type === "search" ? PAUSE : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    show();
  });
}
