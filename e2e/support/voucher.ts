/** Somebody who vouches for people: an OpenID provider of one page, for tests. */
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Whom it vouches for next. */
export interface Vouched {
  sub: string;
  name: string;
  preferred_username: string;
  email: string;
  email_verified: boolean;
}

export class Voucher {
  readonly issuer: string;
  /** The environment of a town for whose people it vouches. */
  readonly env: Record<string, string>;
  next: Vouched;
  private server: Server;
  private keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  /** What was asked for each code that was not traded yet. */
  private codes = new Map<string, URLSearchParams>();

  private constructor(server: Server, next: Vouched) {
    const { port } = server.address() as AddressInfo;
    this.server = server;
    this.next = next;
    this.issuer = `http://id.localhost:${port}`;
    this.env = {
      OCOTILLO_OPENID_LANTERN_ISSUER: this.issuer,
      OCOTILLO_OPENID_LANTERN_CLIENT_ID: "paper",
      OCOTILLO_OPENID_LANTERN_SECRET: "between us",
      OCOTILLO_OPENID_LANTERN_TITLE: "Lantern ID",
      OCOTILLO_TEST_PINS: `id.localhost=127.0.0.1:${port}`,
    };
    server.on("request", (request, response) => {
      const url = new URL(request.url ?? "/", this.issuer);
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => {
        const [status, kind, text, to] = this.answer(url, new URLSearchParams(body));
        response.writeHead(status, { "content-type": kind, ...(to ? { location: to } : {}) });
        response.end(text);
      });
    });
  }

  static async open(next: Vouched): Promise<Voucher> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new Voucher(server, next);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(url: URL, form: URLSearchParams): [number, string, string, string?] {
    const json = (value: unknown): [number, string, string] => [200, "application/json", JSON.stringify(value)];
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json({
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          jwks_uri: `${this.issuer}/keys`,
        });
      case "/keys":
        return json({ keys: [{ ...this.keys.publicKey.export({ format: "jwk" }), kid: "one", use: "sig" }] });
      case "/authorize": {
        const code = randomUUID();
        this.codes.set(code, url.searchParams);
        const back = (more: string) => `${url.searchParams.get("redirect_uri")}?${more}&amp;state=${url.searchParams.get("state")}`;
        return [
          200,
          "text/html",
          `<!DOCTYPE html><html lang="en"><title>Lantern ID</title><h1>Lantern ID</h1><a href="${back(`code=${code}`)}">Allow</a> <a href="${back("error=access_denied")}">Refuse</a>`,
        ];
      }
      case "/token": {
        const asked = this.codes.get(form.get("code") ?? "");
        this.codes.delete(form.get("code") ?? "");
        const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
        const right = asked && form.get("client_secret") === "between us" && challenge === asked.get("code_challenge");
        return right ? json({ id_token: this.statement(asked.get("nonce") ?? ""), token_type: "Bearer", access_token: "x" }) : [400, "application/json", '{"error":"invalid_grant"}'];
      }
      default:
        return [404, "text/plain", "nothing"];
    }
  }

  private statement(nonce: string): string {
    const now = Math.floor(Date.now() / 1000);
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${part({ alg: "ES256", kid: "one" })}.${part({ iss: this.issuer, aud: "paper", iat: now, exp: now + 300, nonce, ...this.next })}`;
    return `${signed}.${sign("sha256", Buffer.from(signed), { key: this.keys.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  }
}
