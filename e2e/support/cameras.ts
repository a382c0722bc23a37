/** Files as cameras, recorders and attackers make them, made here, so that none has to be kept. */
import { deflateSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { chunk, SIGNATURE } from "./png.ts";

/** A JPEG of this size, drawn and encoded by the browser: red on its left half, blue on its right one, with some noise. */
export async function jpeg(page: Page, width: number, height: number, quality = 0.8): Promise<Buffer> {
  const encoded = await page.evaluate(async ({ width, height, quality }) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const pen = canvas.getContext("2d")!;
    pen.fillStyle = "#c81e14";
    pen.fillRect(0, 0, width / 2, height);
    pen.fillStyle = "#1446c8";
    pen.fillRect(width / 2, 0, width / 2, height);
    for (let at = 0; at < 2_000; at++) {
      pen.fillStyle = `hsl(${(at * 47) % 360} 60% 50% / 0.25)`;
      pen.fillRect(((at * 7919) % 1000) * (width / 1000), ((at * 104_729) % 1000) * (height / 1000), width / 200, height / 200);
    }
    const blob = await new Promise<Blob>((made) => canvas.toBlob((blob) => made(blob!), "image/jpeg", quality));
    canvas.width = 0;
    return new Promise<string>((read) => {
      const reader = new FileReader();
      reader.onload = () => read((reader.result as string).split(",")[1]!);
      reader.readAsDataURL(blob);
    });
  }, { width, height, quality });
  return Buffer.from(encoded, "base64");
}

/** What a phone writes into a picture: which way it was held, its maker, and where it was (Exif 2.32, §4.6). */
export function withExif(picture: Buffer, orientation: number): Buffer {
  const maker = Buffer.from("Secretphone\0", "latin1");
  const entry = (tag: number, type: number, count: number, value: number | Buffer) => {
    const field = Buffer.alloc(12);
    field.writeUInt16BE(tag, 0);
    field.writeUInt16BE(type, 2);
    field.writeUInt32BE(count, 4);
    if (Buffer.isBuffer(value)) value.copy(field, 8);
    else if (type === 3) field.writeUInt16BE(value, 8);
    else field.writeUInt32BE(value, 8);
    return field;
  };
  const count = (number: number) => Buffer.from([number >> 8, number & 255]);
  // Header 8, three entries 2 + 36 + 4, then the maker, then the GPS directory, then its numbers.
  const makerAt = 50;
  const gpsAt = makerAt + maker.length;
  const placesAt = gpsAt + 2 + 4 * 12 + 4;
  const rationals = (...numbers: number[]) => {
    const all = Buffer.alloc(numbers.length * 8);
    numbers.forEach((number, at) => {
      all.writeUInt32BE(number, at * 8);
      all.writeUInt32BE(1, at * 8 + 4);
    });
    return all;
  };
  const end = Buffer.alloc(4);
  const first = Buffer.concat([count(3), entry(0x010f, 2, maker.length, makerAt), entry(0x0112, 3, 1, orientation), entry(0x8825, 4, 1, gpsAt), end]);
  const gps = Buffer.concat([
    count(4),
    entry(1, 2, 2, Buffer.from("N\0")),
    entry(2, 5, 3, placesAt),
    entry(3, 2, 2, Buffer.from("W\0")),
    entry(4, 5, 3, placesAt + 24),
    end,
  ]);
  const head = Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8]);
  const tiff = Buffer.concat([head, first, maker, gps, rationals(34, 8, 5), rationals(116, 3, 14)]);
  return withSegment(picture, 0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]));
}

/** Words as an agency writes them (XMP, ISO 16684-1; IPTC photo metadata 2023). */
export function withWords(picture: Buffer, words: { caption?: string; creator?: string; alt?: string }): Buffer {
  const one = (name: string, words?: string) => (words ? `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${words}</rdf:li></rdf:Alt></${name}>` : "");
  const creator = words.creator ? `<dc:creator><rdf:Seq><rdf:li>${words.creator}</rdf:li></rdf:Seq></dc:creator>` : "";
  const xmp = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">${one("dc:description", words.caption)}${creator}${one("Iptc4xmpCore:AltTextAccessibility", words.alt)}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
  return withSegment(picture, 0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp}`, "utf8"));
}

/** Puts a segment right behind a JPEG's beginning. */
function withSegment(picture: Buffer, marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([picture.subarray(0, 2), head, content, picture.subarray(2)]);
}

/** A PNG of this size in black, one bit a pixel: a few kilobytes that would be hundreds of megabytes. */
export function bomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const pixels = Buffer.alloc((1 + Math.ceil(width / 8)) * height);
  return Buffer.concat([SIGNATURE, chunk("IHDR", head), chunk("IDAT", deflateSync(pixels)), chunk("IEND", Buffer.alloc(0))]);
}

/** Silence as MP3: so many frames of 26 milliseconds and 417 bytes (ISO 11172-3, layer III, 128 kbit/s at 44.1 kHz), behind a title. */
export function mp3(frames: number, title: string): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  const words = Buffer.concat([Buffer.from([3]), Buffer.from(title, "utf8")]);
  const field = Buffer.concat([Buffer.from("TIT2", "latin1"), Buffer.from([0, 0, 0, words.length, 0, 0]), words]);
  const head = Buffer.concat([Buffer.from("ID3", "latin1"), Buffer.from([3, 0, 0, 0, 0, 0, field.length])]);
  return Buffer.concat([head, field, ...Array<Buffer>(frames).fill(frame)]);
}

/** A second of film in this format, recorded by the browser: white on green. */
export async function film(page: Page, type: "video/mp4" | "video/webm"): Promise<Buffer> {
  const bytes = await page.evaluate(async (type) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [320, 180];
    const pen = canvas.getContext("2d")!;
    let turn = 0;
    const timer = setInterval(() => {
      pen.fillStyle = "#2f6b3c";
      pen.fillRect(0, 0, 320, 180);
      pen.fillStyle = "#ffffff";
      pen.fillRect(20 + (turn++ % 20) * 10, 60, 60, 60);
    }, 30);
    const format = [`${type};codecs=vp9`, `${type};codecs=avc1.42E01E`, `${type};codecs=av01.0.00M.08`, type].find((one) => MediaRecorder.isTypeSupported(one));
    if (!format) throw new Error(`This browser records no ${type}`);
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: format });
    const parts: Blob[] = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.start();
    await new Promise((wake) => setTimeout(wake, 1_200));
    await new Promise((stopped) => {
      recorder.onstop = stopped;
      recorder.stop();
    });
    clearInterval(timer);
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
  }, type);
  return Buffer.from(bytes);
}
