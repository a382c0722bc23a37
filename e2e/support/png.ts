/** A PNG made here, so that no picture has to be kept: stripes of colours in RGB, 8 bits each (PNG, third edition, clause 11). */
import { crc32, deflateSync } from "node:zlib";

export const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function png(width: number, height: number, shade = 0): Buffer {
  const row = 1 + width * 3;
  const pixels = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * row + 1 + x * 3;
      // An evening over hills: sky above, two ridges below.
      const ridge = height * (0.6 + 0.12 * Math.sin((x / width) * 9 + shade));
      const near = height * (0.8 + 0.06 * Math.sin((x / width) * 5 + 2 + shade));
      const colour = y > near ? [46, 58, 52] : y > ridge ? [96, 84, 92] : [242 - (90 * y) / height, 168 + shade, 110 + (80 * y) / height];
      pixels.set(colour.map(Math.round), at);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([SIGNATURE, chunk("IHDR", head), chunk("IDAT", deflateSync(pixels)), chunk("IEND", Buffer.alloc(0))]);
}

/** The same as a file for an input. */
export function picture(name = "evening.png", width = 1600, height = 900): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: "image/png", buffer: png(width, height) };
}

export function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
