// <push-switch data-key data-path>: has this browser show messages, or says why it cannot.

export class PushSwitch extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const button = this.querySelector("button");
    if (!button) return;
    if (!("serviceWorker" in navigator && "PushManager" in window)) {
      this.#say("This browser cannot show messages from this page. On a phone, add the site to the home screen first.");
      return;
    }
    button.hidden = false;
    button.addEventListener("click", () => {
      button.disabled = true;
      this.#turnOn()
        .catch(() => this.#say("The browser did not let us. Its settings for this site say why."))
        .finally(() => (button.disabled = false));
    });
  }

  async #turnOn(): Promise<void> {
    if ((await Notification.requestPermission()) !== "granted") {
      this.#say("The browser does not show messages from this site. Allow it in its settings first.");
      return;
    }
    await navigator.serviceWorker.register("/push-worker.js");
    const { pushManager } = await navigator.serviceWorker.ready;
    // One that was made with other keys cannot be used again.
    await (await pushManager.getSubscription())?.unsubscribe();
    const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: this.dataset.key });
    const { endpoint, keys } = made.toJSON();
    this.#send({ endpoint: endpoint ?? "", key: keys?.p256dh ?? "", auth: keys?.auth ?? "" });
  }

  /** As any other form: the answer is a page that says what was done. */
  #send(fields: Record<string, string>): void {
    const form = document.createElement("form");
    form.method = "post";
    form.action = this.dataset.path ?? "";
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement("input");
      [input.type, input.name, input.value] = ["hidden", name, value];
      form.append(input);
    }
    this.append(form);
    form.requestSubmit();
  }

  #say(words: string): void {
    const said = this.querySelector("[role=status]");
    if (said) said.textContent = words;
  }
}
