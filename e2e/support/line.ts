/** A line between the browser and the program that can be cut. */
import { createConnection, createServer, type Server, type Socket } from "node:net";

export interface Line {
  /** Where the browser connects to. */
  address: string;
  /** The program's port, once it runs. */
  target: number;
  /** Bytes that went to the program since the last call of `cutAfter`. */
  sent: number;
  /** Cuts every connection when so many more bytes have gone to the program; from then on nobody is let through. */
  cutAfter(bytes: number): void;
  /** Cuts every connection now. */
  cut(): void;
  mend(): void;
  close(): void;
}

export async function line(): Promise<Line> {
  const sockets = new Set<Socket>();
  let [limit, cut] = [Number.POSITIVE_INFINITY, false];
  const server: Server = createServer((from) => {
    if (cut) {
      from.destroy();
      return;
    }
    const to = createConnection(made.target, "127.0.0.1");
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        from.destroy();
        to.end();
      });
    }
    to.pipe(from);
    from.on("data", (part) => {
      made.sent += part.length;
      if (made.sent > limit) {
        made.cut();
        return;
      }
      if (!to.write(part)) {
        from.pause();
        to.once("drain", () => from.resume());
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (!address || typeof address !== "object") throw new Error("no free port");
  const made: Line = {
    address: `http://127.0.0.1:${address.port}`,
    target: 0,
    sent: 0,
    cutAfter(bytes) {
      made.sent = 0;
      limit = bytes;
    },
    cut() {
      cut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      limit = Number.POSITIVE_INFINITY;
      cut = false;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  return made;
}
