// Passkeys and security keys: turns the server's options into the browser's call and posts the answer as a form field.

const fromBase64 = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const toBase64 = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withBytes = (list = []) => list.map((entry) => ({ ...entry, id: fromBase64(entry.id) }));

const creationOptions = ({ publicKey }, passwordless) => ({
  publicKey: {
    ...publicKey,
    challenge: fromBase64(publicKey.challenge),
    user: { ...publicKey.user, id: fromBase64(publicKey.user.id) },
    excludeCredentials: withBytes(publicKey.excludeCredentials),
    authenticatorSelection: {
      ...publicKey.authenticatorSelection,
      residentKey: passwordless ? "required" : "discouraged",
      requireResidentKey: passwordless,
      userVerification: passwordless ? "required" : publicKey.authenticatorSelection?.userVerification,
    },
  },
});

const requestOptions = ({ publicKey }) => ({
  publicKey: {
    ...publicKey,
    challenge: fromBase64(publicKey.challenge),
    allowCredentials: withBytes(publicKey.allowCredentials),
  },
});

const asJson = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toBase64(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toBase64(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
};

const askServer = async (form) => {
  const answer = await fetch(form.dataset.passkeyOptions, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("The server did not answer. Reload the page and try again.");
  return (await answer.json()).request_options;
};

const askBrowser = async (form) => {
  const given = form.dataset.passkeyData ? JSON.parse(form.dataset.passkeyData) : {};
  if (form.dataset.passkey === "add") {
    const passwordless = form.elements.passwordless?.checked ?? false;
    return navigator.credentials.create(creationOptions(given.creation_options, passwordless));
  }
  const options = given.request_options ?? (await askServer(form));
  return navigator.credentials.get(requestOptions(options));
};

const IS_NUMBER = /^(\d+(\.\d+){3}|\[.+\])$/;
const LOOPBACK = /^(127\.[\d.]+|\[::1\])$/;

// Browsers keep passkeys for names alone, and only where nobody can listen in.
const refuseAddress = ({ hostname, origin }) => {
  if (IS_NUMBER.test(hostname)) {
    const way = LOOPBACK.test(hostname)
      ? `Open ${origin.replace(hostname, "localhost")} and try again.`
      : "Ask whoever runs this service for its name.";
    throw new Error(`A passkey belongs to a name, and this address is a number. ${way}`);
  }
  if (!window.isSecureContext) throw new Error("A passkey needs an encrypted connection: an address with https.");
};

const explain = (error) =>
  error.name === "NotAllowedError"
    ? "No passkey was used. Try again, or sign in another way."
    : error.name === "InvalidStateError"
      ? "This device already holds a key for your account."
      : error.message;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-passkey-error]");
    if (said) said.hidden = true;
    try {
      refuseAddress(window.location);
      form.elements.credential.value = asJson(await askBrowser(form));
      form.submit();
    } catch (error) {
      if (!said) throw error;
      said.textContent = explain(error);
      said.hidden = false;
    }
  });
}
