// @ts-check
/** The reply box: a mode keeps its own draft, and colleagues see who is here. */

const BEAT_MS = 8000;
const form = document.getElementById("composer");
const body = document.getElementById("body");
const presence = document.getElementById("presence");

if (form instanceof HTMLFormElement && body instanceof HTMLTextAreaElement) {
  /** @type {Record<string, string>} */
  const drafts = { reply: body.dataset.draftReply ?? "", note: body.dataset.draftNote ?? "" };
  const modeNow = () => String(new FormData(form).get("mode") ?? "reply");
  let mode = modeNow();
  form.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.name !== "mode") return;
    drafts[mode] = body.value;
    mode = modeNow();
    // What was begun in one mode moves along unless the other has words of its own.
    if (drafts[mode]) body.value = drafts[mode];
    body.focus();
  });
  form.addEventListener("click", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "mode") body.focus();
  });
}

async function beat() {
  if (document.hidden || !presence) return;
  const token = document.querySelector('meta[name="csrf-token"]');
  const typing = body instanceof HTMLTextAreaElement && body.value !== "" && document.activeElement === body;
  try {
    const response = await fetch(presence.dataset.presenceUrl ?? "", {
      method: "POST",
      headers: { "X-CSRFToken": token instanceof HTMLMetaElement ? token.content : "" },
      body: new URLSearchParams({ typing: typing ? "1" : "0" }),
    });
    if (!response.ok) return;
    const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
    presence.replaceChildren(...parsed.body.childNodes);
  } catch {
    // Being seen is a courtesy; the next beat tries again.
  }
}

const messages = document.getElementById("msgs");
if (messages) messages.scrollTop = messages.scrollHeight;
if (presence) {
  beat();
  setInterval(beat, BEAT_MS);
}
