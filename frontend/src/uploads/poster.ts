// A picture out of a film, to stand in its place until it is played. The site never opens films; the browser does.
import type { Taken } from "./taken";
import { Transfer } from "./transfer";

/** Wider is no use for a player in a column, in pixels. */
const WIDEST = 1600;
/** How long the browser may take over it, in milliseconds. */
const PATIENCE = 15_000;

/** Takes a picture from a film that is on the site and tells the site so. The picture's address; null where the browser cannot show the film. */
export async function takePoster(film: Taken, signal: AbortSignal): Promise<string | null> {
  const picture = await frame(film.url);
  signal.throwIfAborted();
  if (!picture) return null;
  const file = new File([picture], `${film.name} (picture).jpg`, { type: "image/jpeg" });
  const taken = await new Transfer(file, () => {}).run(signal);
  const body = new URLSearchParams({ picture: taken.key });
  const told = await fetch(`/recordings/${film.key}/poster`, { method: "POST", body, signal });
  return told.ok ? taken.url : null;
}

/** The first second shows more than the first frame, which is often black. */
async function frame(address: string): Promise<Blob | null> {
  const film = document.createElement("video");
  film.muted = true;
  film.preload = "auto";
  film.src = address;
  try {
    await heard(film, "loadeddata");
    film.currentTime = Number.isFinite(film.duration) ? Math.min(1, film.duration / 3) : 0.1;
    await heard(film, "seeked");
    const scale = Math.min(1, WIDEST / film.videoWidth);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(film.videoWidth * scale);
    canvas.height = Math.round(film.videoHeight * scale);
    if (!canvas.width || !canvas.height) return null;
    canvas.getContext("2d")?.drawImage(film, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.88));
  } catch {
    return null;
  } finally {
    film.removeAttribute("src");
    film.load();
  }
}

function heard(film: HTMLVideoElement, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE);
    film.addEventListener(name, () => resolve(), { once: true });
    film.addEventListener("error", reject, { once: true });
  });
}
