// @ts-check
/** One stream of events for the page. What carries data-live-url is fetched anew when its event arrives, or after its time. */
import { clockText, isTyping, say } from "./page.js";

const OFFLINE_MS = 10_000;
const SOONEST_MS = 1000;

/** @type {WeakMap<Element, number>} */
const refreshed = new WeakMap();

/** @param {Element} element */
async function refresh(element) {
  const url = /** @type {HTMLElement} */ (element).dataset.liveUrl;
  // Never redraw what somebody is writing in.
  if (!url || (isTyping(document.activeElement) && element.contains(document.activeElement))) return;
  refreshed.set(element, Date.now());
  const htmx = /** @type {any} */ (window).htmx;
  await htmx?.ajax("GET", url, { source: element, target: element, swap: "outerMorph" });
}

/** @param {HTMLElement} element @param {string} kind @returns {boolean} */
function wants(element, kind) {
  const kinds = element.dataset.liveEvents?.split(/\s+/).filter(Boolean) ?? [];
  return !kind || kinds.length === 0 || kinds.includes(kind);
}

/** @param {string} kind an empty kind means: everything */
function refreshFor(kind) {
  for (const element of document.querySelectorAll("[data-live-url]")) {
    if (!(element instanceof HTMLElement) || !wants(element, kind)) continue;
    if (Date.now() - (refreshed.get(element) ?? 0) >= SOONEST_MS) refresh(element);
  }
}

class Live {
  /** @param {HTMLElement} indicator */
  constructor(indicator) {
    this.indicator = indicator;
    this.url = indicator.dataset.liveSource ?? "";
    this.text = indicator.querySelector("[data-live-text]");
    this.said = indicator.querySelector("[data-live-said]");
    this.updated = new Date();
    /** @type {EventSource | null} */ this.source = null;
    this.offlineTimer = 0;
  }

  start() {
    if (this.source) return;
    this.source = new EventSource(this.url);
    this.source.addEventListener("open", () => this.show("live"));
    this.source.addEventListener("message", (event) => this.receive(event.data));
    this.source.addEventListener("error", () => this.lose());
    this.lose();
  }

  stop() {
    this.source?.close();
    this.source = null;
    clearTimeout(this.offlineTimer);
    this.show("paused");
  }

  /** @param {string} data */
  receive(data) {
    let kind = "";
    try { kind = JSON.parse(data).kind ?? ""; } catch { kind = data; }
    this.updated = new Date();
    this.show("live");
    document.dispatchEvent(new CustomEvent("live", { detail: { kind } }));
    refreshFor(kind);
  }

  /** A stream may drop and come back by itself; only ten seconds without it are worth a word. */
  lose() {
    clearTimeout(this.offlineTimer);
    this.offlineTimer = window.setTimeout(() => {
      if (this.source?.readyState === EventSource.OPEN) return;
      this.show("offline");
      // A refused stream does not try again by itself.
      if (this.source?.readyState === EventSource.CLOSED) { this.source = null; this.start(); }
    }, OFFLINE_MS);
  }

  /** @param {"live" | "offline" | "paused"} state */
  show(state) {
    if (state === "live") clearTimeout(this.offlineTimer);
    const changed = this.indicator.dataset.state !== state;
    this.indicator.hidden = false;
    this.indicator.dataset.state = state;
    const words = say(state, { time: clockText(this.updated, state === "live") });
    if (this.text) this.text.textContent = words;
    if (this.said && changed && state !== "paused") this.said.textContent = state === "live" ? say("liveAgain") : words;
  }
}

/** @param {HTMLElement} indicator */
export function attach(indicator) {
  const live = new Live(indicator);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return live.stop();
    live.start();
    refreshFor("");
  });
  window.setInterval(() => {
    if (document.hidden) return;
    for (const element of document.querySelectorAll("[data-live-url][data-live-every]")) {
      const every = Number(/** @type {HTMLElement} */ (element).dataset.liveEvery) * 1000;
      if (!refreshed.has(element)) refreshed.set(element, Date.now());
      else if (Date.now() - (refreshed.get(element) ?? 0) >= every) refresh(element);
    }
  }, SOONEST_MS);
  if (!document.hidden) live.start();
}
