// Editors correct an article in place: with a token, by the mutations that anybody with a token may send.
import { ask, element, keepToken, token } from "./token.js";

const EDIT = "mutation($input: EditAbstractInput!) { editAbstract(input: $input) { outcome } }";
const LABEL = "mutation($input: SetLabelsInput!) { setLabels(input: $input) { outcome } }";
const SPLIT = "mutation($input: SplitArticleInput!) { splitArticle(input: $input) { outcome articles { slug } } }";
const HIDE = "mutation($input: HideArticleInput!) { hideArticle(input: $input) { outcome } }";
const SHOW = "mutation($input: UnhideArticleInput!) { unhideArticle(input: $input) { outcome } }";
const ORDER = "mutation($input: ResummarizeInput!) { resummarize(input: $input) { outcome count } }";

const button = (text, press, kind = "button") => element("button", { type: kind, textContent: text, onclick: press });

/** The box for the token, at the foot of every page. */
function door() {
  const place = document.getElementById("editor");
  if (!place) return;
  if (token()) {
    const leave = () => { keepToken(""); location.reload(); };
    place.replaceChildren("You are an editor in this tab. ", button("Leave", leave));
    return;
  }
  const input = element("input", { type: "password", id: "token", autocomplete: "off", spellcheck: false });
  const form = element("form", {}, element("label", { htmlFor: "token", textContent: "Editor’s token" }), input, element("button", { textContent: "Enter" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keepToken(input.value);
    location.reload();
  });
  const open = button("For editors", () => { place.replaceChildren(form); input.focus(); });
  place.replaceChildren(open);
}

/** What a mutation came to, in the place that says so. */
function saying(says, act) {
  return async (event) => {
    event?.preventDefault();
    says.textContent = "…";
    try {
      await act();
    } catch (error) {
      says.textContent = error.message;
    }
  };
}

async function tools(article) {
  const id = article.dataset.article;
  const says = element("output");
  const again = () => location.reload();
  const change = (mutation, input, then = again) => saying(says, async () => then(await ask(mutation, { input: { article: id, ...input() } })));

  const abstract = article.querySelector("p.abstract");
  const text = element("textarea", { id: "edited", rows: 6, maxLength: 2000, value: abstract?.textContent ?? "" });
  const summary = element("fieldset", {}, element("legend", { textContent: "Abstract" }),
    element("label", { htmlFor: "edited", textContent: "In your words" }), text,
    button("Save the abstract", change(EDIT, () => ({ text: text.value }))),
    button("Take my abstract back", change(EDIT, () => ({ text: null }))),
    button("Order a new one", saying(says, async () => {
      const { resummarize } = await ask(ORDER, { input: { filter: { ids: [id] } } });
      says.textContent = resummarize.count ? "A new abstract is ordered." : "Nothing was ordered.";
    })));

  const has = new Set([...article.querySelectorAll("[data-topic]")].map((link) => link.dataset.topic));
  const { topics } = await ask("{ topics { id name } }");
  const boxes = topics.map(({ id, name }) => {
    const box = element("input", { type: "checkbox", value: id, checked: has.has(id) });
    return element("label", {}, box, ` ${name}`);
  });
  const ticked = () => boxes.map((label) => label.firstChild).filter((box) => box.checked).map((box) => box.value);
  const labels = element("fieldset", { className: "boxes" }, element("legend", { textContent: "Topics" }), ...boxes,
    button("Save the topics", change(LABEL, () => ({ topics: ticked() }))),
    button("Leave them to the model", change(LABEL, () => ({ topics: null }))));

  const hide = button("Hide from readers", change(HIDE, () => ({}), () => {
    says.textContent = "Readers no longer see it. ";
    says.append(button("Show it again", change(SHOW, () => ({}))));
  }));
  const whole = element("fieldset", {}, element("legend", { textContent: "Article" }), hide);

  for (const paragraph of article.querySelectorAll("[data-paragraph]")) {
    const at = Number(paragraph.dataset.paragraph);
    if (at === 0) continue;
    const split = button("Begin a new article here", change(SPLIT, () => ({ at }), ({ splitArticle }) => {
      const made = splitArticle.articles.at(-1);
      if (made) location.assign(`/articles/${made.slug}`);
    }));
    split.className = "split-here";
    paragraph.before(split);
  }
  const form = element("section", { className: "editing", id: "editing" }, element("h2", { textContent: "Correct this article" }), says, summary, labels, whole);
  article.querySelector("header").after(form);
}

export function edit() {
  door();
  const article = document.querySelector("article[data-article]");
  if (!article || !token()) return;
  ask("{ viewer { scopes } }").then(({ viewer }) => {
    if (viewer?.scopes.includes("EDIT")) return tools(article);
    document.getElementById("editor").append(" This token does not allow editing.");
  }).catch((error) => {
    document.getElementById("editor").append(` ${error.message} `);
  });
}
