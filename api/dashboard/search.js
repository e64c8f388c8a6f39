// Search as you type, and lists that narrow as boxes are ticked: the server makes the list, this puts it in place.
const PAUSE = 250;

// Where the list stands below the form, as in style.css.
const NARROW = "(max-width: 52rem)";

// Why there is no list, in the words of the page that came in its place.
function refusal(status, page) {
  const said = page.querySelector("main .lead")?.textContent ?? `The server answered ${status} in place of the list.`;
  return Object.assign(document.createElement("p"), { className: "lead", textContent: said });
}

// The choices and their numbers as they are now; who is at one of them by the keyboard stays there.
function renew(page) {
  const choices = document.getElementById("choices");
  const at = choices.contains(document.activeElement) ? document.activeElement : null;
  choices.replaceChildren(...page.getElementById("choices").childNodes);
  const boxes = [...choices.querySelectorAll("input")];
  boxes.find((box) => box.name === at?.name && box.value === at?.value)?.focus({ preventScroll: true });
}

export function search() {
  const form = document.querySelector("form.filters");
  if (!form) return;
  if (matchMedia(NARROW).matches) form.querySelector("details").open = false;
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
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const list = fresh.getElementById("results");
      if (!list) {
        results.replaceChildren(refusal(answer.status, fresh));
        return;
      }
      results.replaceChildren(...list.childNodes);
      if (answer.ok) renew(fresh);
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
    // What is on its way is not of what the form says now.
    asked?.abort();
    waiting = setTimeout(show, event.target.type === "search" ? PAUSE : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    show();
  });
}
