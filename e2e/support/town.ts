/** A town in a test: the real program on a free port with a folder of its own. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const program = process.env.OCOTILLO ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/ocotillo");
/** The demo town, filled once by the global setup and copied for each file that wants it. */
export const demoFolder = process.env.DEMO_TOWN ?? join(root, "e2e/results/demo-town");

export interface Town {
  /** `http://127.0.0.1:PORT` */
  address: string;
  /** The one-time setup link, when nobody has set the town up yet. */
  setupLink: string;
  folder: string;
  /** The most memory the program has had so far, in bytes (VmHWM of proc_pid_status(5)). */
  peak(): number;
  /** Runs a command of the program on this town's folder and returns what it printed. */
  command(...words: string[]): string;
  /** Stops the program and starts it again on the same folder, perhaps with more environment. */
  restart(env?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

export interface Options {
  /** Start from a copy of the demo town. */
  demo?: boolean;
  /** More environment, such as `OCOTILLO_TRUSTED_PROXIES`. */
  env?: Record<string, string>;
}

export async function startTown(options: Options = {}): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), "ocotillo-journey-"));
  if (options.demo) cpSync(demoFolder, folder, { recursive: true });
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  let env: NodeJS.ProcessEnv = { ...process.env, OCOTILLO_ORIGIN: address, ...options.env };
  let running = await start(folder, port, env);
  return {
    address,
    setupLink: /https?:\/\/\S+\/setup\/\S+/.exec(running.printed())?.[0] ?? "",
    folder,
    peak: () => 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${running.child.pid}/status`, "utf8"))?.[1]),
    command: (...words) => command(folder, env, words),
    restart: async (more = {}) => {
      await end(running.child);
      env = { ...env, ...more };
      running = await start(folder, port, env);
    },
    stop: async () => {
      await end(running.child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Running {
  child: ChildProcess;
  printed: () => string;
}

async function start(folder: string, port: number, env: NodeJS.ProcessEnv): Promise<Running> {
  const child = spawn(program, ["serve", "--data", folder, "--listen", `127.0.0.1:${port}`], { env, stdio: ["ignore", "pipe", "pipe"] });
  const printed = collect(child);
  await answers(`http://127.0.0.1:${port}`, child, printed);
  return { child, printed };
}

/** Fills the demo town into a folder. */
export function fillDemo(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const filled = spawnSync(program, ["demo", "fill", "--data", folder], { encoding: "utf8" });
  if (filled.status !== 0) throw new Error(`The demo town could not be filled:\n${filled.stdout}\n${filled.stderr}`);
}

function command(folder: string, env: NodeJS.ProcessEnv, words: string[]): string {
  const done = spawnSync(program, [...words, "--data", folder], { env, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`ocotillo ${words.join(" ")} failed:\n${done.stdout}\n${done.stderr}`);
  return done.stdout;
}

function collect(child: ChildProcess): () => string {
  let text = "";
  child.stdout?.on("data", (chunk) => (text += chunk));
  child.stderr?.on("data", (chunk) => (text += chunk));
  return () => text;
}

async function answers(address: string, child: ChildProcess, printed: () => string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`The program ended at once:\n${printed()}`);
    const healthy = await fetch(`${address}/healthz`).then((answer) => answer.ok).catch(() => false);
    if (healthy) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  child.kill("SIGKILL");
  throw new Error(`The program did not answer:\n${printed()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(late);
}

export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.on("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? found(address.port) : failed(new Error("no free port"))));
    });
  });
}
