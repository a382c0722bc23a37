import { demoFolder, fillDemo } from "./town.ts";

/** Once before all journeys: the demo town that they copy. `DEMO_TOWN` names one that is filled already. */
export default function setup(): void {
  if (process.env.DEMO_TOWN) return;
  console.log("Filling a demo town…");
  fillDemo(demoFolder);
}
