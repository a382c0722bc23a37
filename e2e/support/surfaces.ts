/** The places where what somebody posts can come up, and where among them something does. */
import { execFileSync } from "node:child_process";
import { expect, type Page } from "@playwright/test";

/** A note, and what of it nobody else says. */
export interface Said {
  id: string;
  /** Its page, as a path. */
  address: string;
  author: string;
  topic: string;
  place: string;
  /** Words of it, of its topic and of its place, in capitals and small letters as they were written. */
  words: string[];
}

const ENDINGS = [".rss", ".atom", ".json"];

/** All these places, as addresses: the note's own last. */
function places(said: Said, origin: string): string[] {
  const { id, author } = said;
  const [topic, place] = [said.topic.toLowerCase(), said.place.toLowerCase().replaceAll(" ", "-")];
  const lists = ["/feed", "/square/local", `/@${author}`, `/@${author}/posts`, `/topics/${topic}`, `/places/${place}`];
  return [
    ...["/", "/square", "/square/local", "/square/near", "/square/discussed", "/saved", "/notifications", "/lists", "/connections", "/moderation", "/archive"],
    ...["", "/posts", "/about", "/people", "/photos", "/reviews", "/followers", "/following", "/friends"].map((page) => `/@${author}${page}`),
    ...[`/topics/${topic}`, `/topics/${topic}/posts`, `/places/${place}`, `/places/${place}/posts`],
    ...[`/search?q=${topic}`, `/search/suggestions?q=${topic}`, `/notes/completions?q=%23${topic}`, ...ENDINGS.map((ending) => `/search${ending}?q=${topic}`)],
    ...lists.flatMap((list) => ENDINGS.map((ending) => list + ending)),
    ...["json", "xml"].map((format) => `/oembed?format=${format}&url=${encodeURIComponent(origin + said.address)}`),
    ...[`/notes/${id}/history`, `/notes/${id}/edit`, `/notes/new?quote=${id}`, `/posts/${id}`, `/posts/${id}/comments`, `/posts/${id}/reactions`, `/posts/${id}/context`, `/posts/${id}/reviews`],
    ...[`/reports/note/${id}`, `/notes/${id}`, said.address],
  ];
}

/** Those of them where something of the note stands before whoever looks. */
export async function surfaces(page: Page, said: Said): Promise<string[]> {
  const origin = new URL(page.url()).origin;
  const found: string[] = [];
  for (const address of places(said, origin)) {
    const answer = await page.request.get(origin + address);
    expect(answer.status(), address).toBeLessThan(500);
    // Where one signs in is said where one was.
    if (tells(await answer.text(), said, !address.includes(said.id))) found.push(address);
  }
  return found;
}

/** Whether a text holds anything of the note; perhaps its number alone. */
export function tells(text: string, said: Said, number = true): boolean {
  return [...said.words, said.topic, said.place, ...(number ? [said.id] : [])].some((word) => text.includes(word));
}

/** Everything in the file that a member takes away. */
export async function exported(page: Page): Promise<string> {
  await page.goto("/settings/export");
  const coming = page.waitForEvent("download");
  await page.getByRole("main").getByRole("button", { name: "Download" }).click();
  const file = await (await coming).path();
  const script = "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nfor name in z.namelist(): sys.stdout.buffer.write(name.encode() + b'\\n' + z.read(name))";
  return execFileSync("/usr/bin/python3", ["-c", script, file], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}

/** What a stream says to somebody who asks for a note by its number, until it has told of another one. */
export async function listenedTo(page: Page, said: Said, until: () => Promise<string>): Promise<string> {
  await page.evaluate(async (id) => {
    const kept = window as unknown as { heard: string };
    kept.heard = "";
    const answer = await fetch(`/live?feed=local&posts=${id}&reading=${id}`);
    const words = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    void (async () => {
      for (let part = await words?.read(); part && !part.done; part = await words?.read()) kept.heard += part.value;
    })();
  }, said.id);
  const other = await until();
  const heard = () => page.evaluate(() => (window as unknown as { heard: string }).heard);
  await expect.poll(heard).toContain(`new-${other}`);
  return heard();
}
