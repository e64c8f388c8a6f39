// "Copy for newsletter": the server writes the text, this puts it on the clipboard. Without a choice, all on the page.

/** @param {HTMLFormElement} form @returns {string[]} */
function chosen(form) {
  const fields = [...document.querySelectorAll(`[name="article"][form="${form.id}"]`)];
  const picked = fields.filter((field) => field.type === "hidden" || field.checked);
  return (picked.length ? picked : fields).map((field) => field.value).slice(0, 100);
}

async function written(ids, format) {
  const parts = new URLSearchParams(ids.map((id) => ["article", id]));
  parts.set("format", format);
  const answer = await fetch(`/clippings?${parts}`);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}

/** HTML goes on the clipboard as such, so that an editor takes it as formatted text, with its source beside it. */
async function copy(text, format) {
  if (format === "html" && globalThis.ClipboardItem && navigator.clipboard?.write) {
    const as = (type) => new Blob([text], { type });
    await navigator.clipboard.write([new ClipboardItem({ "text/html": as("text/html"), "text/plain": as("text/plain") })]);
  } else {
    await navigator.clipboard.writeText(text);
  }
}

export function clip() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.id !== "clip") return;
    event.preventDefault();
    const says = form.querySelector("output");
    const ids = chosen(form);
    const format = form.elements.format;
    try {
      const text = await written(ids, format.value);
      await copy(text, format.value);
      const name = format.selectedOptions[0].textContent;
      says.textContent = `${ids.length === 1 ? "1 article" : `${ids.length} articles`} copied as ${name}.`;
    } catch {
      // The clipboard is closed to pages that are not of this machine or of https: the text is shown instead.
      form.submit();
    }
  });
}
