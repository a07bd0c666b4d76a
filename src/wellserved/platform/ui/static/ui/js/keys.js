// @ts-check
/** The list of shortcuts, made from the registry: what there is, what else it could be, and a switch to have none. */
import { openDialog } from "./dialog.js";
import { build, say } from "./page.js";
import { chordOf, keepChoices, listShortcuts, readChoices } from "./shortcuts.js";

/** @typedef {import("./shortcuts.js").Shortcut} Shortcut */

/** Who holds a key already; "g" is taken as well while "g t" begins with it.
 * @param {string} chord @param {Shortcut} wanting @param {Shortcut[]} all @returns {Shortcut | undefined} */
function findHolder(chord, wanting, all) {
  return all.find((other) => other !== wanting && `${other.keys} `.startsWith(`${chord} `));
}

/** @param {Shortcut} shortcut @param {Shortcut[]} all @param {HTMLElement} said @returns {HTMLElement} */
function drawRow(shortcut, all, said) {
  const input = /** @type {HTMLInputElement} */ (
    build("input", { value: shortcut.keys, "aria-label": `${shortcut.label}: ${say("shortcutKey")}`, readonly: true })
  );
  input.addEventListener("keydown", (event) => {
    if (["Tab", "Escape", "Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const choices = readChoices();
    const usual = choices.base[shortcut.standard] ?? shortcut.standard;
    const chord = event.key === "Backspace" ? usual : chordOf(event);
    if (choices.preset !== "keys" && !chord.startsWith("Control+")) {
      said.textContent = say("shortcutSingle");
      return;
    }
    const taken = findHolder(chord, shortcut, all);
    if (taken) {
      said.textContent = say("shortcutTaken", { keys: chord, label: taken.label });
      return;
    }
    choices.map[shortcut.standard] = chord;
    if (chord === usual) delete choices.map[shortcut.standard];
    shortcut.keys = chord;
    input.value = chord;
    keepChoices(choices).then(
      () => (said.textContent = say("shortcutKept", { keys: chord, label: shortcut.label })),
      () => (said.textContent = say("shortcutLost")),
    );
  });
  return build("li", {}, [build("span", {}, [shortcut.label]), input]);
}

/** Which preset the keys come from; another one is drawn by loading the page anew.
 * @returns {HTMLElement} */
function drawPresets() {
  const chosen = readChoices();
  /** @type {Record<string, string>} */
  const presets = JSON.parse(document.body.dataset.shortcutsPresets ?? "{}");
  const options = Object.entries(presets).map(([value, label]) => build("option", { value, selected: value === chosen.preset }, [label]));
  const list = /** @type {HTMLSelectElement} */ (build("select", { class: "control", id: "keys-preset" }, options));
  list.addEventListener("change", () => {
    keepChoices({ ...chosen, preset: list.value }).then(() => location.reload(), () => list.replaceWith(say("shortcutLost")));
  });
  return build("div", { class: "field" }, [build("label", { for: "keys-preset" }, [say("shortcutPreset")]), list]);
}

/** @returns {HTMLElement} */
function drawSwitch() {
  if (document.body.dataset.shortcutsUrl) return drawPresets();
  const box = /** @type {HTMLInputElement} */ (build("input", { type: "checkbox", id: "keys-on", checked: !readChoices().off }));
  box.addEventListener("change", () => keepChoices({ ...readChoices(), off: !box.checked }));
  return build("div", { class: "check" }, [box, build("label", { for: "keys-on" }, [say("shortcutsOn")])]);
}

export function open() {
  const shortcuts = listShortcuts();
  const said = build("p", { class: "m", role: "status" }, [say("shortcutsHint")]);
  const rows = shortcuts.map((shortcut) => drawRow(shortcut, shortcuts, said));
  const single = readChoices().preset === "keys" ? [["?", say("shortcuts")], ["j / k", say("walkList")], ["x", say("selectRow")]] : [];
  const fixed = [["Ctrl K", say("palette")], ...single].map(
    ([keys, label]) => build("li", {}, [build("span", {}, [label]), build("kbd", {}, [keys])]),
  );
  const close = build("button", { class: "btn", autofocus: true }, [say("close")]);
  const dialog = /** @type {HTMLDialogElement} */ (
    build("dialog", { class: "dialog", "aria-labelledby": "keys-title" }, [
      build("header", {}, [build("h2", { id: "keys-title" }, [say("shortcuts")]), build("form", { method: "dialog" }, [close])]),
      build("div", { class: "dialog-body" }, [drawSwitch(), said, build("ul", { class: "key-list" }, [...fixed, ...rows])]),
    ])
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  openDialog(dialog);
}
