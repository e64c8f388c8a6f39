// Editors correct an article in place: with a token, by the mutations that anybody with a token may send.
import { ask, element, keepToken, token } from "./token.js";

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

function tools(article, { topics, node }) {
  const id = article.dataset.article;
  const says = element("output");
  const again = () => location.reload();
  const change = (document, input, then = again) => saying(says, async () => then(await ask(document, { input: { article: id, ...input() } })));

  const abstract = article.querySelector("p.abstract");
  const text = element("textarea", { id: "edited", rows: 6, maxLength: 2000, value: abstract?.textContent ?? "" });
  const summary = element("fieldset", {}, element("legend", { textContent: "Abstract" }),
    element("label", { htmlFor: "edited", textContent: "In your words" }), text,
    button("Save the abstract", change("EditorAbstract", () => ({ text: text.value }))),
    button("Take my abstract back", change("EditorAbstract", () => ({ text: null }))),
    button("Order a new one", saying(says, async () => {
      const { resummarize } = await ask("EditorOrder", { input: { filter: { ids: [id] } } });
      says.textContent = resummarize.count ? "A new abstract is ordered." : "Nothing was ordered.";
    })));

  const has = new Set([...article.querySelectorAll("[data-topic]")].map((link) => link.dataset.topic));
  const boxes = topics.map(({ id, name }) => {
    const box = element("input", { type: "checkbox", value: id, checked: has.has(id) });
    return element("label", {}, box, ` ${name}`);
  });
  const ticked = () => boxes.map((label) => label.firstChild).filter((box) => box.checked).map((box) => box.value);
  const labels = element("fieldset", { className: "boxes" }, element("legend", { textContent: "Topics" }), ...boxes,
    button("Save the topics", change("EditorLabels", () => ({ topics: ticked() }))),
    button("Leave them to the model", change("EditorLabels", () => ({ topics: null }))));

  const hide = button("Hide from readers", change("EditorHide", () => ({}), () => {
    says.textContent = "Readers no longer see it. ";
    says.append(button("Show it again", change("EditorShow", () => ({}))));
  }));
  const whole = element("fieldset", {}, element("legend", { textContent: "Article" }), hide);
  const { articles } = node.page;
  const before = articles[articles.findIndex((other) => other.id === id) - 1];
  if (before) {
    whole.append(button(`Append it to “${before.title}”`, saying(says, async () => {
      const { mergeArticles } = await ask("EditorMerge", { input: { articles: [before.id, id] } });
      if (mergeArticles.article) location.assign(`/articles/${mergeArticles.article.slug}`);
    })));
  }

  for (const paragraph of article.querySelectorAll("[data-paragraph]")) {
    const at = Number(paragraph.dataset.paragraph);
    if (at === 0) continue;
    const split = button("Begin a new article here", change("EditorSplit", () => ({ at }), ({ splitArticle }) => {
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
  ask("EditorTools", { article: article.dataset.article }).then(({ viewer, ...known }) => {
    if (viewer?.scopes.includes("EDIT")) return tools(article, known);
    document.getElementById("editor").append(" This token does not allow editing.");
  }).catch((error) => {
    document.getElementById("editor").append(` ${error.message} `);
  });
}
