// @ts-check
/** Ctrl+K: go anywhere, do anything on this page, find any record. */
import { openDialog } from "./dialog.js";
import { build, say } from "./page.js";
import { listShortcuts } from "./shortcuts.js";

/** @typedef {{ label: string, hint?: string, url?: string, group?: string, keys?: string, run?: () => void }} Entry */

/** @param {string} query @param {Entry[]} actions @returns {Entry[]} */
function matchActions(query, actions) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return actions.filter((action) => words.every((word) => action.label.toLowerCase().includes(word)));
}

/** @param {string} query @param {AbortSignal} signal @returns {Promise<Entry[]>} */
async function findEntries(query, signal) {
  const url = new URL(document.body.dataset.paletteUrl ?? "/palette", location.href);
  url.searchParams.set("q", query);
  const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
  return response.ok ? response.json() : [];
}

class Palette {
  constructor() {
    /** @type {Entry[]} */ this.entries = [];
    this.at = 0;
    // Places come from the server, which knows them all.
    this.actions = listShortcuts().filter(({ element }) => !element.closest("nav.side")).map(({ label, keys, element }) => ({ label, keys, group: say("onThisPage"), run: () => element.click() }));
    this.request = new AbortController();
    this.input = /** @type {HTMLInputElement} */ (
      build("input", { type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list",
        "aria-label": say("palette"), placeholder: say("paletteHint"), autocomplete: "off", spellcheck: "false", autofocus: true })
    );
    this.list = build("div", { role: "listbox", id: "palette-list", "aria-label": say("results"), tabindex: "-1" });
    this.said = build("span", { role: "status" });
    this.dialog = /** @type {HTMLDialogElement} */ (
      build("dialog", { class: "dialog palette", "aria-label": say("palette") }, [
        this.input, this.list, build("div", { class: "palette-foot" }, [this.said, build("span", { class: "push" }, [say("paletteKeys")])]),
      ])
    );
    this.input.addEventListener("input", () => this.search());
    this.dialog.addEventListener("keydown", (event) => this.walk(event));
    this.dialog.addEventListener("close", () => this.dialog.remove());
  }

  open() {
    document.body.append(this.dialog);
    openDialog(this.dialog);
    this.search();
  }

  async search() {
    this.request.abort();
    this.request = new AbortController();
    const query = this.input.value;
    const local = matchActions(query, this.actions);
    this.draw(local);
    try {
      const found = await findEntries(query, this.request.signal);
      // Records first when something was typed, since then a record is looked for.
      this.draw(query ? [...found, ...local] : [...local.slice(0, 6), ...found]);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) this.said.textContent = say("searchFailed");
    }
  }

  /** @param {Entry[]} entries */
  draw(entries) {
    this.entries = entries;
    this.at = 0;
    let group = "";
    /** @type {HTMLElement[]} */
    const rows = [];
    entries.forEach((entry, index) => {
      if ((entry.group ?? "") !== group) {
        group = entry.group ?? "";
        rows.push(build("div", { class: "side-label", role: "presentation" }, [group]));
      }
      const row = build("div", { role: "option", id: `palette-${index}`, "aria-selected": String(index === 0) }, [build("span", {}, [entry.label])]);
      if (entry.hint) row.append(build("span", { class: "m" }, [entry.hint]));
      if (entry.keys) row.append(build("kbd", {}, [entry.keys]));
      row.addEventListener("click", () => this.choose(index));
      rows.push(row);
    });
    this.list.replaceChildren(...rows);
    this.said.textContent = entries.length ? say("found", { count: String(entries.length) }) : say("nothingFound");
    this.point(0);
  }

  /** @param {number} index */
  point(index) {
    this.at = index;
    for (const row of this.list.querySelectorAll('[role="option"]')) row.setAttribute("aria-selected", String(row.id === `palette-${index}`));
    const row = this.list.querySelector(`#palette-${index}`);
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    const count = this.entries.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) this.point((this.at + step + count) % count);
    else if (event.key === "Enter") this.choose(this.at);
    else return;
    event.preventDefault();
  }

  /** @param {number} index */
  choose(index) {
    const entry = this.entries[index];
    if (!entry) return;
    this.dialog.close();
    if (entry.run) entry.run();
    else if (entry.url) location.assign(entry.url);
  }
}

export function open() {
  if (!document.querySelector("dialog.palette")) new Palette().open();
}
