/** Real files through the real browser: what cameras write, what attackers write, what breaks off on its way. */
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "../support/test.ts";
import { noFaults } from "../support/axe.ts";
import { bomb, film, jpeg, mp3, withExif, withWords } from "../support/cameras.ts";
import { line, type Line } from "../support/line.ts";
import { setUp } from "../support/people.ts";
import { png } from "../support/png.ts";
import { startTown, type Town } from "../support/town.ts";
import { fits, Watch } from "../support/watch.ts";
import { begin, fill, idIn, publish, saved, story } from "../support/writer.ts";

test.describe.configure({ mode: "serial" });

let town: Town;
let page: Page;
let wire: Line;
let heard: Watch;
let folder: string;

test.beforeAll(async ({ browser }) => {
  wire = await line();
  folder = mkdtempSync(join(tmpdir(), "ocotillo-files-"));
  town = await startTown({ env: { OCOTILLO_ORIGIN: wire.address } });
  wire.target = Number(new URL(town.address).port);
  page = await (await browser.newContext({ baseURL: wire.address })).newPage();
  heard = await Watch.over(page);
  await setUp(page, town);
});
test.afterAll(async () => {
  await town.stop();
  wire.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Chosen {
  name: string;
  mimeType: string;
  buffer: Buffer;
}
interface Taken {
  key: string;
  kind: string;
  url: string;
  poster: string | null;
}

const file = (name: string, mimeType: string, buffer: Buffer): Chosen => ({ name, mimeType, buffer });

/** A page with a tray that takes everything, and remembers what the tray says. */
async function tray(): Promise<Locator> {
  await page.goto("/write");
  const manifest = JSON.parse(readFileSync(new URL("../../frontend/dist/manifest.json", import.meta.url), "utf8")) as Record<string, string>;
  await page.evaluate(() => {
    const main = document.querySelector("main")!;
    main.innerHTML = `<h1>Files</h1><div class="page"><upload-tray data-limits='{"picture":40000000,"audio":200000000,"video":500000000}'>
      <form class="form" method="post" action="/uploads" enctype="multipart/form-data"><div class="field"><label for="files">Files</label>
      <input type="file" id="files" name="file" multiple></div><p class="actions"><button class="button">Upload</button></p></form></upload-tray></div>`;
    const said: unknown[] = [];
    Object.assign(window, { said });
    document.addEventListener("upload:taken", (event) => said.push((event as CustomEvent).detail.taken));
  });
  await page.addScriptTag({ url: `/assets/${manifest["uploads.js"]}`, type: "module" });
  await expect(page.locator("upload-tray.ready")).toBeVisible();
  return page.locator("upload-tray");
}

const row = (name: string) => page.locator(".upload-row").filter({ hasText: name });
const taken = () => page.evaluate(() => (window as unknown as { said: Taken[] }).said);

test("what would fill the memory, is cut short or only calls itself a picture is refused in words", async () => {
  const files = await tray();
  const before = town.peak();
  const whole = await jpeg(page, 800, 600);
  await files.locator("input[type=file]").setInputFiles([
    file("bomb.png", "image/png", bomb(12_000, 8_400)),
    file("half.jpg", "image/jpeg", whole.subarray(0, whole.length / 2)),
    file("drawing.jpg", "image/jpeg", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>window.__executed = 1</script></svg>')),
    file("page.jpg", "image/jpeg", Buffer.from("<!doctype html><script>window.__executed = 1</script>")),
    file("plan.svg", "image/svg+xml", Buffer.from("<svg/>")),
    file("letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Buffer.from("PK")),
    file("nothing.jpg", "image/jpeg", Buffer.alloc(0)),
    file("whole.jpg", "image/jpeg", whole),
  ]);
  await expect(row("bomb.png")).toContainText("This picture is 12000 × 8400 pixels, which is more than we can take. Make it at most 64 megapixels");
  await expect(row("half.jpg")).toContainText("This picture is damaged or was cut short on its way.");
  await expect(row("drawing.jpg")).toContainText("This is not a picture we can read.");
  await expect(row("page.jpg")).toContainText("This is not a picture we can read.");
  for (const name of ["plan.svg", "letter.docx"]) await expect(row(name)).toContainText("Upload pictures as JPEG, PNG, GIF, WebP or AVIF, audio as MP3, Ogg or M4A, and video as MP4 or WebM.");
  await expect(row("nothing.jpg")).toContainText("The file is empty. Choose another.");
  await expect(row("whole.jpg")).toContainText("Uploaded");
  await expect(files.getByRole("status").first()).toHaveText("1 of 8 files uploaded. 7 could not be taken.");
  expect(town.peak() - before, "bytes of memory").toBeLessThan(64e6);
  await noFaults(page);
  await page.screenshot({ path: "results/shots/upload-tray-1280-light.png" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await fits(page);
  await noFaults(page, "looks");
  await page.screenshot({ path: "results/shots/upload-tray-390-dark.png", fullPage: true });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  await row("bomb.png").getByRole("button", { name: "Dismiss bomb.png" }).click();
  await expect(row("bomb.png")).toHaveCount(0);
  expect(await page.evaluate(() => "__executed" in window)).toBe(false);
  heard.nothing("refusals", /status of 422/);
});

test("two gigabytes are refused before they are sent, with and without a script", async ({ browser }) => {
  const path = join(folder, "holiday.mp4");
  writeFileSync(path, "");
  truncateSync(path, 2_000_000_000);
  const files = await tray();
  wire.cutAfter(Number.POSITIVE_INFINITY);
  await files.locator("input[type=file]").setInputFiles(path);
  await expect(row("holiday.mp4")).toContainText("This file is 2000 MB, and videos may be at most 500 MB. Save a smaller copy and upload that.");
  expect(wire.sent).toBeLessThan(10_000);
  const begun = await page.request.post("/uploads", { data: { name: "holiday.mp4", size: 2_000_000_000, type: "video/mp4" } });
  expect([begun.status(), await begun.text()]).toEqual([413, expect.stringContaining("videos may be at most 500 MB")]);
  const plain = await (await browser.newContext({ baseURL: wire.address, javaScriptEnabled: false, storageState: await page.context().storageState() })).newPage();
  await plain.route("**/plain", (route) => route.fulfill({ contentType: "text/html", body: FORM }));
  await plain.goto("/plain");
  await plain.getByLabel("Files").setInputFiles(path);
  await plain.getByRole("button", { name: "Upload", exact: true }).click();
  await expect(plain.getByText("This is 2001 MB, and one form may carry at most 500 MB. Choose smaller files, or fewer at a time.")).toBeVisible();
  expect(wire.sent).toBeLessThan(100e6);

  // The same form with files that may come.
  await plain.goto("/plain");
  await plain.getByLabel("Files").setInputFiles([file("one.png", "image/png", png(64, 48)), file("two.png", "image/png", png(48, 64))]);
  await plain.getByRole("button", { name: "Upload", exact: true }).click();
  await expect(plain).toHaveURL(/\/write$/);
  await plain.context().close();
  heard.nothing("too large");
});

const FORM = `<!doctype html><title>x</title><form method="post" action="/uploads" enctype="multipart/form-data"><input type="hidden" name="next" value="/write">
<label>Files <input type="file" name="file" multiple></label><button>Upload</button></form>`;

test("forty megapixels stand upright, and nothing says where they were taken", async () => {
  const files = await tray();
  const photo = withExif(await jpeg(page, 7_304, 5_478, 0.7), 6);
  expect(photo.includes("Secretphone")).toBe(true);
  await files.locator("input[type=file]").setInputFiles(file("garden.jpg", "image/jpeg", photo));
  await expect(row("garden.jpg")).toContainText("Uploaded", { timeout: 60_000 });
  const [garden] = await taken();
  const stem = garden!.key.split("-")[0];
  for (const width of [320, 640, 1080, 1600, 2400]) {
    for (const ending of ["webp", "jpg"]) {
      const served = await page.request.get(`/media/${stem}-${width}.${ending}`);
      expect(served.status()).toBe(200);
      const bytes = await served.body();
      for (const secret of ["Secretphone", "Exif", "EXIF", "GPS", "ns.adobe.com"]) expect(bytes.includes(secret), `${secret} in ${width}.${ending}`).toBe(false);
    }
  }
  // Held on its side: what was left is on top.
  const seen = await page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const pen = canvas.getContext("2d", { willReadFrequently: true })!;
    pen.drawImage(image, 0, 0);
    const at = (part: number) => [...pen.getImageData(canvas.width / 2, canvas.height * part, 40, 40).data].reduce((sum, value, index) => ((sum[index % 4]! += value / 1600), sum), [0, 0, 0, 0]);
    return { width: canvas.width, height: canvas.height, above: at(0.25), below: at(0.75) };
  }, `/media/${stem}-640.webp`);
  expect(seen.width / seen.height).toBeCloseTo(5_478 / 7_304, 2);
  expect(seen.above[0]!).toBeGreaterThan(seen.above[2]! + 40);
  expect(seen.below[2]!).toBeGreaterThan(seen.below[0]! + 40);
});

test("fifty pictures at once all arrive, three at a time", async () => {
  const files = await tray();
  const all = Array.from({ length: 50 }, (_, at) => file(`day-${at + 1}.png`, "image/png", png(160, 120, at / 9)));
  let [now, most] = [0, 0];
  page.on("request", (request) => request.method() === "PATCH" && (most = Math.max(most, ++now)));
  page.on("response", (response) => response.request().method() === "PATCH" && now--);
  await files.locator("input[type=file]").setInputFiles(all);
  await expect(files.getByRole("status").first()).toHaveText("50 of 50 files uploaded.", { timeout: 60_000 });
  expect(new Set((await taken()).map((one) => one.key)).size).toBe(50);
  expect(most).toBe(3);
  page.removeAllListeners("request");
  page.removeAllListeners("response");
});

test("a line that breaks in the middle: it says so, and goes on from there by itself", async () => {
  const files = await tray();
  const song = mp3(30_000, "The bell of Dry Fork");
  wire.cutAfter(9_500_000);
  await files.locator("input[type=file]").setInputFiles(file("bell.mp3", "audio/mpeg", song));
  await expect(row("bell.mp3")).toContainText(/The connection was lost at \d+ %. It is tried again by itself./);
  await expect(row("bell.mp3").getByRole("button", { name: "Retry bell.mp3" })).toBeVisible();
  await noFaults(page);
  await page.screenshot({ path: "results/shots/upload-lost-1280-light.png" });
  wire.mend();
  await expect(row("bell.mp3")).toContainText(/Uploaded. The connection was lost at [1-9]\d %, and it went on from there./, { timeout: 60_000 });
  expect(wire.sent, "what had arrived is not sent again").toBeLessThan(song.length + 1_500_000);
  const [bell] = await taken();
  expect(bell).toMatchObject({ kind: "audio", title: "The bell of Dry Fork" });
  const served = await page.request.get(bell!.url);
  expect((await served.body()).length).toBe(song.length);
  heard.nothing("a broken line", /ERR_|Failed to load resource/);
});

test("sound and film are played in a story; a film has a picture in its place", async () => {
  await begin(page);
  await fill(page, { headline: "Heard and seen", section: "News" });
  const films = [file("parade.webm", "video/webm", await film(page, "video/webm")), file("parade.mp4", "video/mp4", await film(page, "video/mp4"))];
  await story(page).click();
  await page.keyboard.type("The parade.");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("toolbar", { name: "Text" }).getByRole("button", { name: "Picture or recording" }).click();
  await (await choosing).setFiles([file("bell.mp3", "audio/mpeg", mp3(40, "The noon bell")), ...films]);
  const dialog = page.getByRole("dialog", { name: "Add a recording" });
  await expect(dialog.getByLabel("Title")).toHaveValue("The noon bell");
  await expect(dialog.getByText("Read from the file. Is it right?")).toBeVisible();
  await noFaults(page);
  await dialog.getByRole("button", { name: "Add recording" }).click();
  for (const title of ["The parade, first", "The parade, second"]) {
    await expect(dialog.getByText("Uploaded")).toBeVisible();
    await dialog.getByLabel("Title").fill(title);
    await dialog.getByRole("button", { name: "Add recording" }).click();
  }
  await expect(story(page).locator("figure :is(audio, video)")).toHaveCount(3);
  await saved(page);
  // The line may still speak of the save before the last one.
  const kept = async () => new Set((await (await page.request.get(page.url())).text()).match(/\/media\/[0-9a-f]{32}\.(mp3|webm|mp4)/g)).size;
  await expect.poll(kept).toBe(3);
  // Opened again, the editor still holds all of it.
  await page.reload();
  await expect(story(page).locator("figure :is(audio, video)")).toHaveCount(3);
  await publish(page);
  const prose = page.locator(".prose");
  await expect(prose.locator("audio")).toHaveAttribute("aria-label", "The noon bell");
  for (const at of [0, 1]) {
    const player = prose.locator("video").nth(at);
    expect(await player.evaluate((film: HTMLVideoElement) => film.controls)).toBe(true);
    const poster = await player.getAttribute("poster");
    expect((await page.request.get(poster ?? "")).headers()["content-type"]).toBe("image/jpeg");
    await player.evaluate(async (film: HTMLVideoElement) => {
      film.muted = true;
      await film.play();
      film.pause();
    });
    expect(await player.evaluate((film: HTMLVideoElement) => film.videoWidth)).toBe(320);
  }
  await prose.locator("audio").evaluate(async (sound: HTMLAudioElement) => {
    sound.muted = true;
    await sound.play();
    sound.pause();
  });
  await noFaults(page);
  heard.nothing("recordings");
});

test("a lead picture that is pasted brings its words and asks for those it lacks; a point of it stays in view", async () => {
  await begin(page);
  await fill(page, { headline: "The gate is open", section: "News" });
  await story(page).click();
  await page.keyboard.type("It is.");
  const lead = page.getByRole("group", { name: "Picture above the story" });
  await lead.getByLabel("Credit").fill("Photo: the gatekeeper");
  const photo = withWords(await jpeg(page, 900, 600), { caption: "The gate at noon", creator: "Rosa Delgado" });
  await give(lead.getByLabel("Caption"), "paste", file("gate.jpg", "image/jpeg", photo));
  await expect(lead.getByLabel("Caption")).toHaveValue("The gate at noon");
  await expect(lead.getByText("Read from the file. Is it right?")).toHaveCount(1);
  await expect(lead.getByLabel("Credit"), "what was typed stays").toHaveValue("Photo: the gatekeeper");
  await expect(lead.getByText("Say in a few words what the picture shows")).toBeVisible();
  await noFaults(page);
  await lead.getByLabel("What it shows, in words").fill("An open iron gate");
  await expect(lead.getByText("Say in a few words what the picture shows")).toHaveCount(0);

  await lead.getByText("What stays in view").click();
  await expect.poll(() => lead.locator(".focal-picture img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const box = (await lead.locator(".focal-picture").boundingBox())!;
  await lead.locator(".focal-picture").click({ position: { x: box.width * 0.8, y: box.height * 0.3 } });
  await expect(lead.getByText("Kept.")).toBeVisible();
  await expect(lead.getByRole("slider", { name: "From the left" })).toHaveValue("80");
  await lead.getByRole("slider", { name: "From the top" }).press("ArrowLeft");
  await expect(lead.getByRole("slider", { name: "From the top" })).toHaveValue("25");
  // What lies half under the bar at the foot of the window is scrolled to before it is used.
  await lead.getByRole("slider", { name: "From the top" }).evaluate((slider) => slider.scrollIntoView({ block: "center" }));
  await noFaults(page);
  await page.screenshot({ path: "results/shots/lead-picture-1280-light.png", fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await fits(page);
  await page.screenshot({ path: "results/shots/lead-picture-390-dark.png", fullPage: true });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  await saved(page);
  await page.reload();
  await lead.getByText("What stays in view").click();
  await expect(lead.getByRole("slider", { name: "From the top" })).toHaveValue("25");
  await publish(page);
  const shown = page.locator(".story > figure picture img");
  await expect(shown).toHaveAttribute("alt", "An open iron gate");
  await expect(shown).toHaveClass("focus-x-80 focus-y-30");
  await expect(page.locator(".story > figure figcaption")).toContainText("The gate at noon");
  heard.nothing("a lead picture");
});

test("pictures dropped into the story bring their words, and are still there when it is opened again", async () => {
  const address = await begin(page);
  await fill(page, { headline: "From a bag of pictures", section: "News" });
  await story(page).click();
  await page.keyboard.type("Both sides of it.");
  await page.keyboard.press("Enter");
  const photo = withWords(await jpeg(page, 700, 500), { caption: "Two sides of the wash", creator: "Ana Duarte", alt: "A red and a blue half" });
  await give(story(page), "drop", file("wash.jpg", "image/jpeg", photo));
  const dialog = page.getByRole("dialog", { name: "Add a picture" });
  await expect(dialog.getByLabel("Description")).toHaveValue("A red and a blue half");
  await expect(dialog.getByLabel("Caption")).toHaveValue("Two sides of the wash");
  await expect(dialog.getByLabel("Credit")).toHaveValue("Ana Duarte");
  await expect(dialog.getByText("Read from the file. Is it right?")).toHaveCount(3);
  await page.screenshot({ path: "results/shots/add-picture-1280-light.png" });
  await dialog.getByRole("button", { name: "Add picture" }).click();
  await saved(page);
  await publish(page);
  const before = await page.locator(".prose").innerHTML();
  await expect(page.locator(".prose figure picture img")).toHaveAttribute("alt", "A red and a blue half");
  // Opened, touched and published again, nothing of it has changed.
  await page.goto(`/stories/${idIn(address)}/edit`);
  await expect(story(page).locator("figure img")).toHaveCount(1);
  await story(page).locator("p").first().click();
  await page.keyboard.type("x");
  await page.keyboard.press("Backspace");
  await saved(page);
  await page.locator(".write-bar").getByRole("button", { name: "Update" }).click();
  await page.waitForURL(/done=updated/);
  expect(await page.locator(".prose").innerHTML()).toBe(before);
  heard.nothing("a picture in a story");
});

/** Hands an element a file as clipboard or pointer would. */
async function give(target: Locator, kind: "paste" | "drop", chosen: Chosen): Promise<void> {
  const { name, mimeType, buffer } = chosen;
  await target.evaluate((element, { kind, name, mimeType, text }) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name, { type: mimeType }));
    const box = (element.lastElementChild ?? element).getBoundingClientRect();
    const at = { clientX: box.left + 20, clientY: box.top + 5, bubbles: true, cancelable: true };
    element.dispatchEvent(kind === "drop" ? new DragEvent("drop", { dataTransfer: transfer, ...at }) : new ClipboardEvent("paste", { clipboardData: transfer, ...at }));
  }, { kind, name, mimeType, text: buffer.toString("base64") });
}
