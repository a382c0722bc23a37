// The service worker: shows messages while no page is open, and opens what they are about. It keeps no pages.

interface Message {
  title: string;
  body: string;
  address: string;
  tag: string;
}

/** The part of a service worker's surroundings that is used here; TypeScript's own does not go together with that of pages. */
interface Waiting extends Event {
  waitUntil(done: Promise<unknown>): void;
  data?: { json(): unknown };
  notification: Notification;
}
interface Place {
  url: string;
  focus(): Promise<unknown>;
}
interface Worker {
  registration: { showNotification(title: string, options: NotificationOptions): Promise<void> };
  clients: { matchAll(options: { type: "window" }): Promise<Place[]>; openWindow(address: string): Promise<unknown> };
  addEventListener(event: "push" | "notificationclick", act: (event: Waiting) => void): void;
}

const worker = self as unknown as Worker;

worker.addEventListener("push", (event) => {
  if (!event.data) return;
  const { title, body, address, tag } = event.data.json() as Message;
  event.waitUntil(worker.registration.showNotification(title, { body, tag, data: address }));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});

async function open(address: string): Promise<void> {
  const windows = await worker.clients.matchAll({ type: "window" });
  const there = windows.find((window) => new URL(window.url).pathname === address);
  await (there ? there.focus() : worker.clients.openWindow(address));
}
