// <passkey-form data-does="get|create" data-challenge> around a form with the fields `state` and `credential`: asks the site
// for a challenge, lets the device answer it (WebAuthn level 3), and sends the form with the answer. It shows itself only
// where the browser knows passkeys.

interface Challenge {
  options: PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON;
  state: string;
}

export class PasskeyForm extends HTMLElement {
  #stop = new AbortController();

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || !window.PublicKeyCredential) return;
    this.hidden = false;
    this.#stop = new AbortController();
    // Before Turbo hears of it.
    form.addEventListener("submit", (event) => this.#hold(event, form), { signal: this.#stop.signal, capture: true });
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  #hold(event: SubmitEvent, form: HTMLFormElement): void {
    if (field(form, "credential").value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = form.querySelector("button");
    if (button) button.disabled = true;
    this.#say("Your device asks you now.");
    this.#answer(form)
      .then(
        () => {
          this.#say("");
          if (this.isConnected) form.requestSubmit();
        },
        (error) => this.#say(inWords(error)),
      )
      .finally(() => {
        if (button) button.disabled = false;
      });
  }

  async #answer(form: HTMLFormElement): Promise<void> {
    const { signal } = this.#stop;
    const asked = await fetch(this.dataset.challenge ?? "", { headers: { accept: "application/json" }, signal });
    const body = await asked.json();
    if (!asked.ok) throw new Refused(body.error);
    const { options, state } = body as Challenge;
    const credential =
      this.dataset.does === "create"
        ? await navigator.credentials.create({ publicKey: creation(options), signal })
        : await navigator.credentials.get({ publicKey: request(options), signal });
    if (!(credential instanceof PublicKeyCredential)) throw new Refused("Your device gave no answer.");
    field(form, "state").value = state;
    field(form, "credential").value = JSON.stringify(asJson(credential));
  }

  #say(words: string): void {
    const status = this.querySelector("[role=status]");
    if (status) status.textContent = words;
  }
}

/** Words of the site. */
class Refused extends Error {}

function inWords(error: unknown): string {
  if (error instanceof Refused) return error.message;
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return "This device has a passkey of yours for this site already.";
  if (name === "NotAllowedError") return "Nothing happened: the question was closed, or took too long. Try again.";
  return "That did not work. Try again, or sign in another way.";
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

// Browsers that read and write these as JSON themselves are too new to count on.

function creation(options: PublicKeyCredentialCreationOptionsJSON): PublicKeyCredentialCreationOptions {
  return {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map((known) => ({ ...known, id: bytes(known.id) })),
  } as PublicKeyCredentialCreationOptions;
}

function request(options: PublicKeyCredentialRequestOptionsJSON): PublicKeyCredentialRequestOptions {
  return { ...options, challenge: bytes(options.challenge), allowCredentials: [] } as PublicKeyCredentialRequestOptions;
}

function asJson({ rawId, response }: PublicKeyCredential): object {
  const given: Record<string, unknown> = { clientDataJSON: letters(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    given.attestationObject = letters(response.attestationObject);
    given.transports = response.getTransports?.() ?? [];
  } else if (response instanceof AuthenticatorAssertionResponse) {
    given.authenticatorData = letters(response.authenticatorData);
    given.signature = letters(response.signature);
    given.userHandle = response.userHandle ? letters(response.userHandle) : null;
  }
  return { rawId: letters(rawId), response: given };
}

/** From base64url without padding (RFC 4648 §5). */
function bytes(letters: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function letters(buffer: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
