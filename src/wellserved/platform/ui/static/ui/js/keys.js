// @ts-check
/** The list of shortcuts, made from the registry: what there is, what else it could be, and a switch to have none. */
import { openDialog } from "./dialog.js";
import { build, say } from "./page.js";
import { chordOf, keepChoices, listShortcuts, readChoices } from "./shortcuts.js";

/** @typedef {import("./shortcuts.js").Shortcut} Shortcut */

/** Who holds a key already; "g" is taken as well while "g t" begins with it.
 * @param {string} chord @param {Shortcut} wanting @param {Shortcut[]} all @returns {Shortcut | undefined} */
function findHolder(chord, wanting, all) {
  const { map } = readChoices();
  return all.find((other) => other !== wanting && `${map[other.standard] ?? other.standard} `.startsWith(`${chord} `));
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
    const chord = event.key === "Backspace" ? shortcut.standard : chordOf(event);
    const taken = findHolder(chord, shortcut, all);
    if (taken) {
      said.textContent = say("shortcutTaken", { keys: chord, label: taken.label });
      return;
    }
    choices.map[shortcut.standard] = chord;
    if (chord === shortcut.standard) delete choices.map[shortcut.standard];
    keepChoices(choices);
    input.value = chord;
    said.textContent = say("shortcutKept", { keys: chord, label: shortcut.label });
  });
  return build("li", {}, [build("span", {}, [shortcut.label]), input]);
}

/** @returns {HTMLElement} */
function drawSwitch() {
  const box = /** @type {HTMLInputElement} */ (build("input", { type: "checkbox", id: "keys-on", checked: !readChoices().off }));
  box.addEventListener("change", () => keepChoices({ ...readChoices(), off: !box.checked }));
  return build("div", { class: "check" }, [box, build("label", { for: "keys-on" }, [say("shortcutsOn")])]);
}

export function open() {
  const shortcuts = listShortcuts();
  const said = build("p", { class: "m", role: "status" }, [say("shortcutsHint")]);
  const rows = shortcuts.map((shortcut) => drawRow(shortcut, shortcuts, said));
  const fixed = [["Ctrl K", say("palette")], ["?", say("shortcuts")], ["j / k", say("walkList")], ["x", say("selectRow")]].map(
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
