// @ts-check
/** The registry of shortcuts: every visible element with data-shortcut, such as "e", "g t" or "Control+Enter". */
import { isTyping, post } from "./page.js";

const STORE = "shortcuts";
const SEQUENCE_MS = 1200;

/** @typedef {{ keys: string, standard: string, label: string, element: HTMLElement }} Shortcut */
/** `preset` is off, keys or chords; `base` is the preset's own map, `map` what the person has changed in it.
 * @typedef {{ off: boolean, preset: string, base: Record<string, string>, map: Record<string, string> }} Choices */

let pending = "";
let timer = 0;

/** A person's own keys: kept by the server for her account, and by the browser where nobody is signed in.
 * @returns {Choices} */
export function readChoices() {
  const { shortcuts: preset = "keys", shortcutsMap, shortcutsOwn, shortcutsUrl } = document.body.dataset;
  /** @type {Choices} */
  const standard = { off: preset === "off", preset, base: JSON.parse(shortcutsMap ?? "{}"), map: JSON.parse(shortcutsOwn ?? "{}") };
  if (shortcutsUrl) return standard;
  try {
    return { ...standard, ...JSON.parse(localStorage.getItem(STORE) ?? "{}") };
  } catch {
    return standard;
  }
}

/** @param {Choices} choices @returns {Promise<unknown>} */
export async function keepChoices(choices) {
  const { dataset } = document.body;
  if (!dataset.shortcutsUrl) return localStorage.setItem(STORE, JSON.stringify({ off: choices.off, map: choices.map }));
  dataset.shortcuts = choices.preset;
  dataset.shortcutsOwn = JSON.stringify(choices.map);
  return post(dataset.shortcutsUrl, { shortcuts: choices.preset, keys: dataset.shortcutsOwn });
}

/** Whether a key is one a stray press or a spoken word would hit. @param {string} keys @returns {boolean} */
export const isSingle = (keys) => !keys.startsWith("Control+");

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
  const { base, map, preset, off } = readChoices();
  /** @type {Map<string, Shortcut>} */
  const found = new Map();
  for (const element of scope.querySelectorAll("[data-shortcut]")) {
    if (!(element instanceof HTMLElement) || !element.checkVisibility()) continue;
    const standard = element.dataset.shortcut ?? "";
    const keys = map[standard] ?? base[standard] ?? standard;
    if ((off || preset !== "keys") && isSingle(keys)) continue;
    if (!found.has(standard)) found.set(standard, { keys, standard, label: nameOf(element), element });
  }
  return [...found.values()];
}

/** @param {KeyboardEvent} event @returns {string} */
export function chordOf(event) {
  // With Alt some keyboards write another sign; the key itself is meant.
  const plain = event.altKey && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : event.key;
  const letter = plain.length === 1 ? plain.toLowerCase() : plain;
  const control = event.ctrlKey || event.metaKey ? "Control+" : "";
  const alt = event.altKey ? "Alt+" : "";
  // Shift is part of a letter's chord, but a sign such as "?" already holds it.
  const shift = event.shiftKey && (event.key.length > 1 || /\p{L}/u.test(event.key)) ? "Shift+" : "";
  return control + alt + shift + letter;
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
  // AltGr writes characters on most European keyboards, and Alt alone belongs to the browser and the screen reader.
  if (event.defaultPrevented || event.isComposing || event.getModifierState("AltGraph")) return;
  if (event.altKey && !event.ctrlKey) return;
  const chord = chordOf(event);
  if (chord === "Control+k") {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("palette:open"));
    return;
  }
  const choices = readChoices();
  if (isSingle(chord) && (isTyping(document.activeElement) || choices.off || choices.preset !== "keys")) return;
  if (chord === "?" && !document.querySelector("dialog:modal")) {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("keys:open"));
  } else if (answer(chord)) event.preventDefault();
}

export function watchKeys() {
  document.addEventListener("keydown", answerKey);
}
