// What a figure shows: a picture, or the player of a recording. Which it is stands in the address.

const AUDIO = /\.(mp3|ogg|m4a)$/;
const VIDEO = /\.(mp4|webm)$/;

export function isRecording(src: string): boolean {
  return AUDIO.test(src) || VIDEO.test(src);
}

/** The picture or player, `words` being its description or title. */
export function shown(src: string, words: string): HTMLElement {
  if (!isRecording(src)) {
    const image = document.createElement("img");
    image.src = narrower(src);
    image.alt = words;
    return image;
  }
  const player = document.createElement(VIDEO.test(src) ? "video" : "audio");
  player.src = src;
  player.controls = true;
  player.preload = "metadata";
  if (words) player.setAttribute("aria-label", words);
  return player;
}

/** A story names a picture's widest file, which is more than a page of the editor needs. */
function narrower(src: string): string {
  return src.replace(/^(\/media\/[0-9a-f]+-)(1600|2400)\.webp$/, "$11080.webp");
}
