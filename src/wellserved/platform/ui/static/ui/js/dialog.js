// @ts-check
/** Dialogs, menus and the question asked before something that cannot be undone. */
import { build, say } from "./page.js";

/** @type {WeakSet<Element>} */
const confirmed = new WeakSet();

/** Open a dialog and give the focus back where it came from; the browser keeps it inside meanwhile.
 * @param {HTMLDialogElement} dialog */
export function openDialog(dialog) {
  const before = document.activeElement;
  dialog.addEventListener("close", () => before instanceof HTMLElement && before.focus(), { once: true });
  dialog.showModal();
}

/** @param {string} question @param {string} [action] @returns {Promise<boolean>} */
export function confirm(question, action) {
  return new Promise((resolve) => {
    const yes = build("button", { class: "btn btn-primary", value: "yes" }, [action || say("confirm")]);
    const no = build("button", { class: "btn", value: "no", autofocus: true }, [say("cancel")]);
    const dialog = /** @type {HTMLDialogElement} */ (
      build("dialog", { class: "dialog", "aria-labelledby": "confirm-title" }, [
        build("header", {}, [build("h2", { id: "confirm-title" }, [question])]),
        build("form", { method: "dialog", class: "dialog-body" }, [build("div", { class: "act" }, [no, yes])]),
      ])
    );
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
    document.body.append(dialog);
    openDialog(dialog);
  });
}

/** @param {MouseEvent} event */
async function askFirst(event) {
  const asked = event.target instanceof Element ? event.target.closest("[data-confirm]") : null;
  if (!(asked instanceof HTMLElement) || confirmed.delete(asked)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await confirm(asked.dataset.confirm ?? "", asked.textContent?.trim())) {
    confirmed.add(asked);
    asked.click();
  }
}

/** @param {MouseEvent} event */
function answerClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  const opener = target?.closest("[data-open]");
  if (opener instanceof HTMLElement) {
    const dialog = document.getElementById(opener.dataset.open ?? "");
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      openDialog(dialog);
    }
  }
  if (target?.closest("[data-close]")) target.closest("dialog")?.close();
  // A click on a modal dialog itself, and not on what is in it, is a click on the veil round it.
  if (target instanceof HTMLDialogElement && target.matches(":modal")) {
    const box = target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) target.close();
  }
  closeMenus(target);
}

/** @param {Element | null} except */
function closeMenus(except) {
  for (const menu of document.querySelectorAll('details[data-behaviour="menu"][open]')) {
    if (!except || !menu.contains(except)) menu.removeAttribute("open");
  }
}

/** Arrow keys walk a menu; Escape closes it and gives the focus back to its button.
 * @param {KeyboardEvent} event */
function walkMenu(event) {
  const menu = document.activeElement?.closest('details[data-behaviour="menu"][open]');
  if (!menu) return;
  if (event.key === "Escape") {
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("a[href], button:not(:disabled)")]);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  items[(at + step + items.length) % items.length]?.focus();
}

export function watchDialogs() {
  document.addEventListener("click", askFirst, { capture: true });
  document.addEventListener("click", answerClick);
  document.addEventListener("keydown", walkMenu);
  document.addEventListener("htmx:confirm", async (event) => {
    const { ctx, issueRequest, dropRequest } = /** @type {CustomEvent} */ (event).detail;
    event.preventDefault();
    if (await confirm(ctx.confirm)) issueRequest();
    else dropRequest();
  });
}
