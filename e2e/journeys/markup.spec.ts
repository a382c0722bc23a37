/** Every page of a town, of a living one and of one that has just begun, is sound HTML: the W3C's checker finds nothing. */
import { expect, test, type Browser, type BrowserContext } from "../support/test.ts";
import { linkIn, PASSWORD, setUp } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";
import { faults } from "../support/vnu.ts";
import { Walk } from "../support/walk.ts";
import { idIn, story } from "../support/writer.ts";

/** Reached by a secret that somebody was sent, by way of another site, or at the end of their way: other journeys and the requests' tests look at these. */
const BY_LETTER = [
  "/admin/joining/invitations/{id}",
  "/farewell",
  "/invitation/{token}",
  "/join/confirmation/{token}",
  "/join/with/{provider}",
  "/lock/{token}",
  "/moderation/statements/{id}",
  "/notifications/unsubscribe/{token}",
  "/reports/{kind}/{id}/received",
  "/settings/email/{token}",
  "/settings/email/{token}/return",
  "/sign-in/link/{token}",
];
/** Addresses that are no pages, as are files by their names. A page does not belong here: walk to it. */
const NO_PAGES = [
  "/live",
  "/posts/{id}/saved",
  "/settings/identities/new/{provider}",
  "/sign-in/passkey/challenge",
  "/sign-in/with/{provider}",
  "/sign-in/with/{provider}/return",
  "/uploads/{id}",
];
const FILE = /\/(\{file\}|[^/{]+\.[a-z]+)$/;

test.describe.configure({ mode: "serial" });
// A trace of some hundred pages says less than the checker does.
test.use({ trace: "off", screenshot: "off" });

/** Each story shows something else: none of them is one too many for the guest. */
const ALL = new Map([["/stories/{id}/{slug}", 100]]);

let walk: Walk;

test.beforeAll(async ({ browser }) => {
  walk = new Walk(await browser.newPage());
});

test("a town that has just begun", async ({ browser }) => {
  const town = await startTown();
  const page = await (await browser.newContext({ baseURL: town.address })).newPage();
  const guest = await newcomer(browser, town);
  for (const path of ["/", "/setup/not-the-token", town.setupLink.slice(town.address.length)]) await walk.look(`GET ${path}`, path, await guest.request.get(path));
  const refused = await guest.request.post(town.setupLink, { form: { name: "", zone: "Mars/Olympus" } });
  expect(refused.status()).toBe(422);
  await walk.look("POST /setup", "/setup", refused);
  await setUp(page, town);
  await walk.through("first reader", guest.request, town.address, ["/setup/not-the-token"]);
  await walk.through("first administrator", page.request, town.address);
  await town.stop();
});

test("a town of every day", async ({ browser }) => {
  // Some hundreds of pages.
  test.slow();
  const town = await startTown({ demo: true });
  const reset = linkIn(town.command("user", "reset-link", "odell"));
  const [guest, author, editor, administrator] = [
    await newcomer(browser, town),
    await member(browser, town, "bart"),
    await member(browser, town, "ines"),
    await member(browser, town, "willa"),
  ];
  const one = await first(guest, "/sections/the-pipe");
  await afterScripts(administrator, one);
  const copy = await outdated(administrator, idIn(one));
  const posted = await author.request.post("/notes", { form: { body: "Has anybody seen a grey cat? #LostPets", do: "post" } });
  const note = /\/@bart\/(\d+)"/.exec(await (await author.request.get("/@bart/posts")).text())?.[1];
  expect(note, `answered ${posted.status()}`).toBeTruthy();
  await author.request.post("/notes", { form: { body: "Half a thought", do: "draft" } });
  // Something that waits to be read.
  await administrator.request.post("/admin/filters/new", { form: { kind: "words", pattern: "snake oil", act: "hold" } });
  await author.request.post("/notes", { form: { body: "Snake oil, fresh from the depot.", do: "post" } });
  // A conversation: a comment that was changed, by somebody who may change it again.
  const said = await author.request.post(`/posts/${note}/comments`, { form: { body: "By the depot, I think." } });
  const comment = /id="comment-(\d+)"/.exec(await (await author.request.get(`/@bart/${note}`)).text())?.[1];
  expect(comment, `answered ${said.status()}`).toBeTruthy();
  await author.request.post(`/comments/${comment}/edit`, { form: { body: "By the bakery, I think." } });
  // A review that was changed, and one that waits.
  for (const title of ["Long", "Long, and right"]) {
    const form = { stars: "3", recommend: "yes", title, body: "I read it twice." };
    await author.request.post(`/posts/${idIn(one)}/review`, { form });
  }
  const review = /id="review-(\d+)"/.exec(await (await author.request.get(`/posts/${idIn(one)}/reviews`)).text())?.[1];
  town.command("user", "add", "newell", "--name", "Newell Fry", "--email", "newell@example.org", "--level", "member");
  const newell = await member(browser, town, "newell");
  await newell.request.post(`/posts/${idIn(one)}/review`, { form: { stars: "1", recommend: "no", title: "Meh" } });
  const waits = /id="review-(\d+)"/.exec(await (await newell.request.get(`/posts/${idIn(one)}/reviews`)).text())?.[1];
  // Something to be told of: a name in a post, a message.
  await author.request.post("/notes", { form: { body: "Ask @willa, she knows.", do: "post" } });
  await administrator.request.post("/admin/messages", { form: { to: "willa", subject: "The archive moves", body: "On Friday.\n\nBring boxes." } });
  await administrator.request.post("/admin/questions/new", { form: { words: "Which part of town?", kind: "text", profile: "resident" } });
  // Context that readers added: where it is rated, and where it is taken down.
  const rated = await author.request.post(`/posts/${idIn(one)}/context`, { form: { body: "The vote of 1974 was closer.", sources: "https://example.org/council/1974" } });
  const context = /id="context-(\d+)"/.exec(await rated.text())?.[1];
  expect(context, `answered ${rated.status()}`).toBeTruthy();
  const nothing = ["/no/such/page", "/search?q=zzyzxqq", "/search?q=%22%22", "/archive/1700", "/archive?before=x", "/oembed", reset];
  await walk.through("guest", guest.request, town.address, ["/search?q=water", ...nothing], ALL);
  await walk.through("author", author.request, town.address, ["/welcome", "/admin/people", `/notes/${note}`, `/notes/${note}/edit`, `/notes/${note}/history`, ...["", "/edit", "/history", "/reply", "/thread"].map((page) => `/comments/${comment}${page}`), `/posts/${note}/comments/settings`, ...["", "/history"].map((page) => `/reviews/${review}${page}`), `/posts/${idIn(one)}/review`, `/posts/${idIn(one)}/reviews`, "/@bart/reviews", "/@sixpenny/people"]);
  await walk.through("editor", editor.request, town.address, ["/search?q=water", `/comments/${comment}/takedown`, "/admin/reviews", `/admin/reviews/${waits}/refusal`, `/reviews/${review}/takedown`, `/reviews/${review}/answer`]);
  await walk.through("administrator", administrator.request, town.address, [copy, one, `/stories/${idIn(one)}/preview`, `/posts/${idIn(one)}/context`, `/contexts/${context}`, `/contexts/${context}/takedown`]);
  await town.stop();
});

test("no kind of page was left out, and every link of this site leads to one", () => {
  const missed = walk.routes.filter((route) => route.get && !walk.answered.has(route.pattern)).map((route) => route.pattern);
  expect(missed.filter((pattern) => ![...NO_PAGES, ...BY_LETTER].includes(pattern) && !FILE.test(pattern)), "pages nobody looked at: link to them, or name them in this journey").toEqual([]);
  expect([...NO_PAGES, ...BY_LETTER].filter((pattern) => !walk.routes.some((route) => route.pattern === pattern)), "there is no such address any more").toEqual([]);
  expect([...walk.astray], "links to nowhere").toEqual([]);
});

test("the checker finds nothing", () => {
  const pages = [...walk.kept.values()];
  console.log(`Checking ${pages.length} pages…`);
  expect(pages.length).toBeGreaterThan(100);
  expect(faults(pages).join("\n\n")).toBe("");
});

async function newcomer(browser: Browser, town: Town): Promise<BrowserContext> {
  return browser.newContext({ baseURL: town.address });
}

async function member(browser: Browser, town: Town, handle: string): Promise<BrowserContext> {
  const context = await newcomer(browser, town);
  const link = linkIn(town.command("user", "reset-link", handle));
  const answer = await context.request.post(link, { form: { password: PASSWORD }, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  return context;
}

async function first(context: BrowserContext, list: string): Promise<string> {
  const page = await context.newPage();
  await page.goto(list);
  const address = await page.getByRole("main").locator(".headline a").first().getAttribute("href");
  return address ?? "";
}

/** Pages on which scripts put something of their own, as they leave them. */
async function afterScripts(context: BrowserContext, one: string): Promise<void> {
  const page = await context.newPage();
  const keep = async (what: string) => walk.keep(`${what}, after scripts`, await page.content());
  await page.goto("/");
  await page.getByRole("combobox", { name: "Search" }).pressSequentially("wat");
  await expect(page.getByRole("listbox")).toBeVisible();
  await keep("the front page with suggestions");
  await page.goto(one);
  await page.getByText("Share", { exact: true }).first().click();
  await keep("a story that is shared");
  await page.goto(`/stories/${idIn(one)}/edit`);
  await expect(story(page)).toBeEditable();
  await keep("the write page");
  for (const path of ["/admin/front", "/admin/people", "/settings"]) {
    await page.goto(path);
    await keep(path);
  }
  await page.close();
}

/** Saves a story from a version that is no longer the newest: the address of the copy that is kept. */
async function outdated(context: BrowserContext, id: string): Promise<string> {
  const answer = await context.request.post(`/stories/${id}/draft`, { form: { base: "0", headline: "Too late", work: "news" }, maxRedirects: 0 });
  return answer.headers().location ?? "";
}
