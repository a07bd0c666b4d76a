// @ts-check
/** Keeps what is being written on the server: after half a second of quiet, when the page goes, when the line returns. */
import { clockText, post, say } from "./page.js";

const QUIET_MS = 500;
const RETRY_MS = 5000;

/** @param {HTMLElement} element */
export function attach(element) {
  if (!(element instanceof HTMLTextAreaElement)) return;
  const url = element.dataset.draftUrl ?? "";
  const state = element.form?.querySelector("[data-draft-state]") ?? document.querySelector("[data-draft-state]");
  let kept = element.value;
  let timer = 0;

  /** @param {string} words */
  const tell = (words) => { if (state) state.textContent = words; };
  const fields = () => ({ body: element.value, mode: modeOf(element.form) });

  const save = async () => {
    const writing = element.value;
    if (writing === kept) return;
    tell(say("saving"));
    try {
      const answer = await (await post(url, fields())).json();
      kept = writing;
      sound(element.form, answer.unsaid ?? []);
      tell(say("saved", { time: clockText(new Date(), true) }));
    } catch {
      tell(say("draftPaused"));
      timer = window.setTimeout(save, RETRY_MS);
    }
  };

  element.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(save, QUIET_MS);
  });
  element.form?.addEventListener("submit", () => { clearTimeout(timer); kept = element.value; });
  window.addEventListener("online", save);
  window.addEventListener("pagehide", () => {
    // keepalive lets the request outlive the page.
    if (element.isConnected && element.value !== kept) post(url, fields(), { keepalive: true }).catch(() => undefined);
  });
}

/** Tick what the server found in the draft. @param {HTMLFormElement | null} form @param {string[]} unsaid */
function sound(form, unsaid) {
  for (const mark of form?.querySelectorAll("[data-mark]") ?? [])
    mark.toggleAttribute("data-unsaid", unsaid.includes(mark.getAttribute("data-mark") ?? ""));
}

/** @param {HTMLFormElement | null} form @returns {string} */
function modeOf(form) {
  return form ? String(new FormData(form).get("mode") ?? "") : "";
}
