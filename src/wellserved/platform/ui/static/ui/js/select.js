// @ts-check
/** Choosing rows: one, a range with Shift, all on the page; the bulk bar counts them. */

/** @type {HTMLInputElement | null} */
let last = null;

/** @returns {HTMLInputElement[]} */
const boxes = () => [...document.querySelectorAll("input[data-select]")].filter((box) => box instanceof HTMLInputElement);

function count() {
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  for (const bar of document.querySelectorAll('[data-behaviour="bulk"]')) {
    bar.classList.toggle("shown", chosen > 0);
    const number = bar.querySelector("[data-bulk-count]");
    if (number) number.textContent = String(chosen);
  }
  for (const box of document.querySelectorAll("input[data-select-all]")) {
    if (!(box instanceof HTMLInputElement)) continue;
    box.checked = chosen > 0 && chosen === all.length;
    box.indeterminate = chosen > 0 && chosen < all.length;
  }
}

/** @param {HTMLInputElement} box */
function chooseRange(box) {
  const all = boxes();
  if (!last) return;
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  for (const between of all.slice(Math.max(from, 0), to + 1)) between.checked = box.checked;
}

/** @param {MouseEvent} event */
function answerClick(event) {
  const box = event.target;
  if (!(box instanceof HTMLInputElement)) return;
  if (box.matches("[data-select-all]")) boxes().forEach((one) => (one.checked = box.checked));
  else if (box.matches("[data-select]")) {
    if (event.shiftKey) chooseRange(box);
    last = box;
  } else return;
  count();
}

let watching = false;

export function attach() {
  if (!watching) document.addEventListener("click", answerClick);
  watching = true;
  count();
}
