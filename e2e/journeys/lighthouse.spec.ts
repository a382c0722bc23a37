/** Lighthouse on a phone: full marks where they do not depend on how busy this machine is. `make lighthouse` measures the rest. */
import { expect, test } from "../support/test.ts";
import { judge, type Category } from "../support/lighthouse.ts";
import { startTown } from "../support/town.ts";

const SURE: Category[] = ["accessibility", "best-practices", "seo"];
const measuring = !!process.env.LIGHTHOUSE;

test("the front page and a story have full marks on a phone", async ({ request }) => {
  test.setTimeout(180_000);
  const town = await startTown({ demo: true });
  const feed = await (await request.get(`${town.address}/feed.json`)).json();
  const story = feed.items.find((item: { image?: string }) => item.image).url;
  const pages = { "front page": `${town.address}/`, story };
  const judged = await judge(Object.values(pages), measuring ? [...SURE, "performance"] : SURE);
  await town.stop();
  for (const [index, name] of Object.keys(pages).entries()) {
    const { scores, faults, measures } = judged[index] ?? { scores: {}, faults: [], measures: [] };
    const marks = Object.entries(scores).map(([category, score]) => `${category} ${score}`).join(", ");
    if (measuring) console.log([`${name}: ${marks}`, ...measures, ...faults].join("\n    "));
    else expect(faults, `${name}: ${marks}`).toEqual([]);
    for (const category of SURE) expect(scores[category], `${name}, ${category}`).toBe(100);
  }
});
