/** A newsroom comes from WordPress: its stories are here, and what readers said under them stands there by their names. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../support/test.ts";
import { looked } from "../support/looked.ts";
import { open } from "../support/looking.ts";
import { newPerson } from "../support/people.ts";
import { startTown, type Town } from "../support/town.ts";

let town: Town;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = await startTown({ demo: true });
});
test.afterAll(() => town.stop());

const said = (id: number, parent: number, name: string, words: string, approved = "1") => `<wp:comment><wp:comment_id>${id}</wp:comment_id>
  <wp:comment_author><![CDATA[${name}]]></wp:comment_author><wp:comment_author_email><![CDATA[reader${id}@mail.example]]></wp:comment_author_email>
  <wp:comment_author_url>https://spam.example</wp:comment_author_url><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>
  <wp:comment_date_gmt><![CDATA[2019-05-0${(id % 9) + 1} 10:00:00]]></wp:comment_date_gmt><wp:comment_content><![CDATA[${words}]]></wp:comment_content>
  <wp:comment_approved><![CDATA[${approved}]]></wp:comment_approved><wp:comment_type><![CDATA[comment]]></wp:comment_type>
  <wp:comment_parent>${parent}</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id></wp:comment>`;

const WXR = `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Old Lantern</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>
<item><title>The ferry goes twice a day now</title><link>https://old.example/2019/05/ferry/</link><dc:creator>ferry-writer</dc:creator>
<content:encoded><![CDATA[<p>It left at seven, and everybody was there.</p>]]></content:encoded><wp:post_id>7</wp:post_id>
<wp:post_date_gmt>2019-05-01 08:00:00</wp:post_date_gmt><wp:post_name>ferry</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
${said(1, 0, "Ola Nordmann", "I was <b>there</b>, see <a href=\"https://pictures.example/ferry\">my pictures</a>.")}
${said(2, 1, "A very long name that nobody would give a child, and yet somebody signed with it", "Lovely ones.\nThank you!")}
${said(3, 0, "Casino", "Buy now", "0")}
</item></channel></rss>`;

test("what readers said comes along, by their names", async ({ browser }) => {
  test.slow();
  const file = join(town.folder, "wordpress.xml");
  writeFileSync(file, WXR);
  const report = town.command("import", file);
  expect(report).toMatch(/2 {2}comments/);
  expect(report).toContain("1 × a comment was left out: it waited to be approved");
  expect(town.command("import", file)).toMatch(/0 {2}comments/);
  expect(town.command("verify")).toContain("Every counter says what there is.");

  const guest = await open(browser, town);
  await guest.goto("/2019/05/ferry/");
  const first = guest.locator("article.comment", { hasText: "I was there" });
  await expect(first.getByText("Ola Nordmann", { exact: true })).toBeVisible();
  await expect(first.getByText("Brought along from the old site")).toBeVisible();
  await expect(first.getByRole("link", { name: "Ola Nordmann", exact: true })).toHaveCount(0);
  await expect(guest.locator("article.comment")).toHaveCount(2);
  await expect(guest.locator("#comments")).not.toContainText("Buy now");
  expect(await guest.content()).not.toMatch(/mail\.example|spam\.example|192\.0\.2\.7/);
  await looked(guest, "comments-brought-along");
  await guest.context().close();

  const member = await newPerson(browser, town, "ferry-friend", "Fay Friend", "member");
  await member.goto("/2019/05/ferry/");
  const theirs = member.locator("article.comment", { hasText: "I was there" });
  await theirs.locator("summary", { hasText: "More about the comment" }).click();
  await theirs.getByRole("link", { name: "Report…" }).click();
  await expect(member.getByRole("heading", { level: 1 })).toHaveText("Report this comment");
  await expect(member.getByRole("main")).toContainText("By Ola Nordmann");
  await member.context().close();
});
