// @ts-check
/** Short messages that leave by themselves, stay while pointed at, and can take back what was done. */
import { build, post, say } from "./page.js";

const STAY_MS = 10_000;

/** @typedef {{ message: string, undo?: string }} Toast */

/** @param {HTMLElement} toast */
function dress(toast) {
  const undoUrl = toast.dataset.undoUrl;
  const close = build("button", { type: "button", "aria-label": say("close") }, ["×"]);
  let timer = window.setTimeout(() => toast.remove(), STAY_MS);
  const hold = () => clearTimeout(timer);
  const leave = () => { if (!toast.matches(":hover, :focus-within")) toast.remove(); };
  const release = () => { clearTimeout(timer); timer = window.setTimeout(leave, STAY_MS / 2); };
  close.addEventListener("click", () => toast.remove());
  for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, hold);
  for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, release);
  // One the server drew brings its own form, which works without a script and says why when it is refused.
  if (undoUrl && !toast.querySelector("form")) {
    const undo = /** @type {HTMLButtonElement} */ (build("button", { type: "button" }, [say("undo")]));
    undo.addEventListener("click", () => takeBack(toast, undo, undoUrl));
    toast.append(undo);
  }
  toast.append(close);
}

/** @param {HTMLElement} toast @param {HTMLButtonElement} button @param {string} url */
async function takeBack(toast, button, url) {
  button.disabled = true;
  try {
    await post(url);
    location.reload();
  } catch {
    const words = toast.querySelector("span");
    if (words) words.textContent = say("undoFailed");
    button.remove();
  }
}

/** @param {Toast | string} toast */
export function show(toast) {
  const { message, undo } = typeof toast === "string" ? { message: toast, undo: "" } : toast;
  const element = build("div", { class: "toast", "data-toast": true, ...(undo ? { "data-undo-url": undo } : {}) }, [build("span", {}, [message])]);
  dress(element);
  document.getElementById("toasts")?.append(element);
}

/** Toasts the server drew with the page. @param {HTMLElement} region */
export function adopt(region) {
  for (const toast of region.querySelectorAll("[data-toast]")) if (toast instanceof HTMLElement) dress(toast);
}
