// The work of a proof, on a thread of its own, so that the page stays quick under the hands of who is writing.
import { type Challenge, solve } from "./proof/solve";

addEventListener("message", ({ data }: MessageEvent<Challenge>) => postMessage(solve(data)));
