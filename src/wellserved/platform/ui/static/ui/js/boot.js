// @ts-check
/** Gives elements their behaviour by data-behaviour, now and after every swap. Pages work without any of it. */
import { watchDialogs } from "./dialog.js";
import { dressKeys } from "./dress.js";
import { csrfToken } from "./page.js";
import { watchKeys } from "./shortcuts.js";

/** Each behaviour is loaded when a page first needs it.
 * @type {Record<string, () => Promise<{ attach: (element: HTMLElement) => void }>>} */
const BEHAVIOURS = {
  live: () => import("./live.js"),
  draft: () => import("./draft.js"),
  select: () => import("./select.js"),
  bulk: () => import("./select.js"),
  drop: () => import("./drop.js"),
};

/** @type {WeakSet<Element>} */
const attached = new WeakSet();

/** @param {ParentNode} root */
function attachAll(root) {
  for (const element of root.querySelectorAll("[data-behaviour]")) {
    if (attached.has(element) || !(element instanceof HTMLElement)) continue;
    attached.add(element);
    const name = element.dataset.behaviour ?? "";
    if (name === "focus") element.focus();
    else if (name === "toasts") {
      if (element.childElementCount) import("./toast.js").then((toast) => toast.adopt(element));
    } else BEHAVIOURS[name]?.().then((behaviour) => behaviour.attach(element));
  }
}

/** On a narrow screen a row of tabs or views runs on beyond the edge: the one that is open is brought into view. */
function showOpenTabs() {
  for (const tab of document.querySelectorAll(":is(.tabs, .segmented) [aria-current]")) {
    const row = tab.parentElement;
    if (row) row.scrollLeft += tab.getBoundingClientRect().right - row.getBoundingClientRect().right + 24;
  }
}

const openPalette = () => import("./palette.js").then((palette) => palette.open());
const openKeys = () => import("./keys.js").then((keys) => keys.open());

/** Each of these is worth loading only when a person asks for it.
 * @param {MouseEvent} event */
function answerClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  const themeButton = target?.closest('[data-behaviour="theme"]');
  if (themeButton) import("./theme.js").then((theme) => theme.toggle());
  if (target?.closest("[data-palette]")) openPalette();
  if (target?.closest("[data-shortcuts-help]")) openKeys();
}

document.addEventListener("click", answerClick);
document.addEventListener("palette:open", openPalette);
document.addEventListener("keys:open", openKeys);
document.addEventListener("toast", (event) => {
  const detail = /** @type {CustomEvent} */ (event).detail;
  import("./toast.js").then((toast) => toast.show(detail));
});
document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  if (ctx.request.method !== "GET") ctx.request.headers["X-CSRFToken"] = csrfToken();
});
document.addEventListener("htmx:after:swap", () => {
  attachAll(document);
showOpenTabs();
  dressKeys(document);
});

watchDialogs();
watchKeys();
dressKeys(document);
attachAll(document);
showOpenTabs();
