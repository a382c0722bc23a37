/** A mail server in a test: takes every letter (RFC 5321) and keeps it. */
import { expect } from "@playwright/test";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A letter as its reader has it before them. */
export interface Letter {
  /** Whom the envelope names. */
  to: string[];
  subject: string;
  /** All of it, in plain words. */
  text: string;
}

export class Catcher {
  /** The environment of a town that sends its letters here. */
  readonly env: Record<string, string>;
  readonly letters: Letter[] = [];
  private server: Server;
  private sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.server = server;
    this.env = { OCOTILLO_MAIL_SERVER: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, OCOTILLO_MAIL_FROM: "newsroom@courier.example" };
    server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
      socket.on("error", () => socket.destroy());
      this.converse(socket);
    });
  }

  static async open(): Promise<Catcher> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new Catcher(server);
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  /** The newest letter to somebody whose subject says this. Waits until it is there. */
  async letterTo(email: string, subject: string): Promise<string> {
    const find = () => this.letters.findLast((letter) => letter.to.includes(email) && letter.subject.includes(subject))?.text;
    await expect.poll(find, { message: `a letter to ${email}: ${subject}`, timeout: 60_000 }).toBeTruthy();
    return find() ?? "";
  }

  private converse(socket: Socket): void {
    let [heard, to, inData] = ["", [] as string[], false];
    socket.setEncoding("latin1");
    socket.write("220 catcher\r\n");
    socket.on("data", (part) => {
      heard += part;
      for (;;) {
        const end = heard.indexOf(inData ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const said = heard.slice(0, end);
        heard = heard.slice(end + (inData ? 5 : 2));
        if (inData) this.letters.push(opened(to, said.replace(/^\.\./gm, ".")));
        if (/^MAIL /i.test(said) && !inData) to = [];
        const person = /^RCPT TO:<([^>]*)>/i.exec(said)?.[1];
        if (person && !inData) to.push(person);
        const begins = !inData && /^DATA$/i.test(said);
        socket.write(begins ? "354 go on\r\n" : !inData && /^QUIT$/i.test(said) ? "221 bye\r\n" : "250 ok\r\n");
        inData = begins;
      }
    });
  }
}

/** Takes a letter out of its envelope: each part as it was before it was made fit for the wire (RFC 2045 §6). */
function opened(to: string[], raw: string): Letter {
  const boundary = /^Content-Type: multipart[^]*?boundary="?([^";\r]+)/im.exec(raw)?.[1];
  const parts = boundary ? raw.split(`--${boundary}`) : [raw];
  return { to, subject: /^Subject: (.*(?:\r\n[ \t].*)*)/im.exec(raw)?.[1]?.replace(/\r\n/g, "") ?? "", text: parts.map(plain).join("\n") };
}

function plain(part: string): string {
  const [head = "", ...body] = part.split("\r\n\r\n");
  const words = body.join("\r\n\r\n");
  const coded = /^Content-Transfer-Encoding: (\S+)/im.exec(head)?.[1]?.toLowerCase();
  const bytes = coded === "base64" ? Buffer.from(words, "base64") : Buffer.from(coded === "quoted-printable" ? unquoted(words) : words, "latin1");
  return `${head}\n\n${bytes.toString("utf8")}`;
}

function unquoted(words: string): string {
  return words.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
}
