// @ts-check
/** What every module needs of the page: its words, its token, a way to post, a way to build. */

/** The page's words, translated by the server, stand on #words as data attributes.
 * @param {string} key @param {Record<string, string>} [values] @returns {string} */
export function say(key, values = {}) {
  const text = document.getElementById("words")?.dataset[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** @returns {string} */
export function csrfToken() {
  const meta = document.querySelector('meta[name="csrf-token"]');
  return meta instanceof HTMLMetaElement ? meta.content : "";
}

/** @param {string} url @param {Record<string, string>} [fields] @param {RequestInit} [options] @returns {Promise<Response>} */
export async function post(url, fields = {}, options = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" },
    body: new URLSearchParams(fields),
    credentials: "same-origin",
    ...options,
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}

/** Build an element; `text` goes in as text, never as markup.
 * @param {string} tag @param {Record<string, string | boolean>} [attributes] @param {(Node | string)[]} [children] @returns {HTMLElement} */
export function build(tag, attributes = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** @param {Date} moment @param {boolean} [seconds] @returns {string} */
export function clockText(moment, seconds = false) {
  return moment.toLocaleTimeString(document.documentElement.lang || undefined, {
    hour: "2-digit", minute: "2-digit", ...(seconds ? { second: "2-digit" } : {}), hour12: false,
  });
}

/** @param {Element | null} element @returns {boolean} */
export function isTyping(element) {
  if (!(element instanceof HTMLElement)) return false;
  if (element instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit", "range"].includes(element.type);
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement || element.isContentEditable;
}
