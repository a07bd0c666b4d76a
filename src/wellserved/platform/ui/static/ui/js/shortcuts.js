// @ts-check
/** The registry of shortcuts: every visible element with data-shortcut, such as "e", "g t" or "Control+Enter". */
import { isTyping } from "./page.js";

const STORE = "shortcuts";
const SEQUENCE_MS = 1200;

/** @typedef {{ keys: string, standard: string, label: string, element: HTMLElement }} Shortcut */
/** @typedef {{ off: boolean, map: Record<string, string> }} Choices */

let pending = "";
let timer = 0;

/** A person's own keys and off switch; the server stores them from the event, the browser keeps a copy.
 * @returns {Choices} */
export function readChoices() {
  /** @type {Choices} */
  const standard = { off: document.body.dataset.shortcuts === "off", map: {} };
  try {
    return { ...standard, ...JSON.parse(localStorage.getItem(STORE) ?? "{}") };
  } catch {
    return standard;
  }
}

/** @param {Choices} choices */
export function keepChoices(choices) {
  localStorage.setItem(STORE, JSON.stringify(choices));
  document.dispatchEvent(new CustomEvent("shortcuts:change", { detail: choices }));
}

/** @param {HTMLElement} element @returns {string} */
function nameOf(element) {
  if (element.getAttribute("aria-label")) return element.getAttribute("aria-label") ?? "";
  const copy = /** @type {HTMLElement} */ ((element.closest("label") ?? element).cloneNode(true));
  copy.querySelectorAll("kbd, .count").forEach((part) => part.remove());
  return (copy.textContent ?? "").trim() || element.title;
}

/** What can be done by key on this page now; in an open dialog, only what stands in it.
 * @returns {Shortcut[]} */
export function listShortcuts() {
  const scope = document.querySelector("dialog:modal") ?? document;
  const { map } = readChoices();
  /** @type {Map<string, Shortcut>} */
  const found = new Map();
  for (const element of scope.querySelectorAll("[data-shortcut]")) {
    if (!(element instanceof HTMLElement) || !element.checkVisibility()) continue;
    const standard = element.dataset.shortcut ?? "";
    if (!found.has(standard)) found.set(standard, { keys: map[standard] ?? standard, standard, label: nameOf(element), element });
  }
  return [...found.values()];
}

/** @param {KeyboardEvent} event @returns {string} */
export function chordOf(event) {
  const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const control = event.ctrlKey || event.metaKey ? "Control+" : "";
  // Shift is part of a letter's chord, but a sign such as "?" already holds it.
  const shift = event.shiftKey && (event.key.length > 1 || /\p{L}/u.test(event.key)) ? "Shift+" : "";
  return control + shift + letter;
}

/** @param {HTMLElement} element */
function use(element) {
  if (isTyping(element)) element.focus();
  else element.click();
}

/** j and k walk the items of a list; x marks the row one stands on.
 * @param {string} chord @returns {boolean} */
function walkList(chord) {
  const items = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-item]")]).filter((item) => item.checkVisibility());
  const at = items.findIndex((item) => item === document.activeElement || item.contains(document.activeElement));
  if (chord === "j" || chord === "k") {
    const next = at < 0 ? items[0] : items[at + (chord === "j" ? 1 : -1)];
    next?.focus();
    return Boolean(next);
  }
  if (chord === "x" && at >= 0) {
    const box = items[at].closest("li, tr")?.querySelector("[data-select]");
    if (box instanceof HTMLElement) box.click();
    return Boolean(box);
  }
  return false;
}

/** @param {string} chord @returns {boolean} */
function answer(chord) {
  const wanted = pending ? `${pending} ${chord}` : chord;
  pending = "";
  clearTimeout(timer);
  const shortcuts = listShortcuts();
  const match = shortcuts.find((shortcut) => shortcut.keys === wanted);
  if (match) {
    use(match.element);
    return true;
  }
  if (shortcuts.some((shortcut) => shortcut.keys.startsWith(`${wanted} `))) {
    pending = wanted;
    timer = window.setTimeout(() => (pending = ""), SEQUENCE_MS);
    return true;
  }
  return walkList(wanted);
}

/** @param {KeyboardEvent} event */
function answerKey(event) {
  // AltGr writes characters on most European keyboards, and Alt belongs to the browser and the screen reader.
  if (event.defaultPrevented || event.isComposing || event.altKey || event.getModifierState("AltGraph")) return;
  const chord = chordOf(event);
  if (chord === "Control+k") {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("palette:open"));
    return;
  }
  const single = !chord.startsWith("Control+");
  if (single && (isTyping(document.activeElement) || readChoices().off)) return;
  if (chord === "?" && !document.querySelector("dialog:modal")) {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("keys:open"));
  } else if (answer(chord)) event.preventDefault();
}

export function watchKeys() {
  document.addEventListener("keydown", answerKey);
}
