import { demoFolder, fillDemo } from "./town.ts";

/** Once before all journeys: the demo town that they copy. */
export default function setup(): void {
  console.log("Filling a demo town…");
  fillDemo(demoFolder);
}
