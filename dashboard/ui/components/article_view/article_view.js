// The article with its marks. The HTML comes escaped from the server (browser/reading.py).
//
// A click on a mark sends its key; a selection of other text sends "text:start:end" in code points.
function points(text) {
  return Array.from(text).length;
}

function offset(node, at) {
  const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!holder) return null;
  // Line breaks are elements here and one character in the text.
  const range = document.createRange();
  range.selectNodeContents(holder);
  range.setEnd(node, at);
  const held = range.cloneContents();
  held.querySelectorAll("br").forEach((br) => br.replaceWith("\n"));
  return Number(holder.dataset.start) + points(held.textContent);
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".view");
  if (root.dataset.shown !== data.html) {
    root.innerHTML = data.html;
    root.dataset.shown = data.html;
    root.querySelectorAll("mark[data-mention]").forEach((mark) => {
      // Where marks lie in each other, the innermost is the button: one within another is none.
      if (mark.querySelector("mark[data-mention]")) return;
      mark.tabIndex = 0;
      mark.setAttribute("role", "button");
    });
  }
  const pick = (event) => {
    const mark = event.target.closest("mark[data-mention]");
    if (mark) setTriggerValue("picked", mark.dataset.mention);
    return Boolean(mark);
  };
  root.onclick = (event) => {
    const shadow = root.getRootNode();
    const selection = shadow.getSelection ? shadow.getSelection() : document.getSelection();
    if (selection && !selection.isCollapsed && selection.rangeCount) {
      const range = selection.getRangeAt(0);
      const start = offset(range.startContainer, range.startOffset);
      const end = offset(range.endContainer, range.endOffset);
      if (start !== null && end !== null && end > start && end - start < 200) {
        setTriggerValue("picked", `text:${start}:${end}`);
        return;
      }
    }
    pick(event);
  };
  root.onkeydown = (event) => {
    if ((event.key === "Enter" || event.key === " ") && pick(event)) event.preventDefault();
  };
}
