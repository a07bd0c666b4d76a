// @ts-check
/** What a page says of its keys, in the keys of its reader. */
import { isSingle, readChoices } from "./shortcuts.js";

/** Buttons say the reader's own keys, and none where she has none. @param {ParentNode} root */
export function dressKeys(root) {
  const { base, map, preset, off } = readChoices();
  for (const element of root.querySelectorAll("[data-shortcut]")) {
    const standard = /** @type {HTMLElement} */ (element).dataset.shortcut ?? "";
    const keys = map[standard] ?? base[standard] ?? standard;
    const none = (off || preset !== "keys") && isSingle(keys);
    if (keys === standard && !none) continue;
    const mark = element.querySelector("kbd");
    if (mark) mark.textContent = none ? "" : keys.replaceAll("Control+", "Ctrl ").replaceAll("Alt+", "Alt ").replaceAll("Shift+", "⇧ ");
    if (none || keys.includes(" ")) element.removeAttribute("aria-keyshortcuts");
    else element.setAttribute("aria-keyshortcuts", keys);
  }
}
