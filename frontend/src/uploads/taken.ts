// What the site says of a file it has taken, and what keeps it from taking one.

/** The answer of `/uploads` (its contract is the docstring of town/people/src/uploads). */
export interface Taken {
  id: string;
  key: string;
  kind: Family;
  url: string;
  small: string | null;
  poster: string | null;
  width: number;
  height: number;
  blur: string;
  duration: number | null;
  name: string;
  title: string;
  alt: string;
  caption: string;
  credit: string;
  focus: { x: number; y: number };
  markdown: string;
}

export type Family = "picture" | "audio" | "video";

/** The site, or this page, does not take the file. Its message is a sentence for the person. */
export class Refused extends Error {
  constructor(
    message: string,
    /** Whether it may be taken another time, as it is. */
    readonly maybeLater = false,
  ) {
    super(message);
  }
}

/** Bytes by family; a family that is not named is not taken. */
export type Limits = Partial<Record<Family, number>>;

const ENDINGS: [Family, RegExp][] = [
  ["picture", /\.(jpe?g|png|gif|webp|avif|heic|heif)$/i],
  ["audio", /\.(mp3|ogg|oga|opus|m4a)$/i],
  ["video", /\.(mp4|m4v|mov|webm)$/i],
];
const TYPES: [Family, RegExp][] = [
  ["picture", /^image\/(jpe?g|png|gif|webp|avif|heic|heif)$/],
  ["audio", /^audio\//],
  ["video", /^video\//],
];
const FORMATS: Record<Family, string> = {
  picture: "pictures as JPEG, PNG, GIF, WebP or AVIF",
  audio: "audio as MP3, Ogg or M4A",
  video: "video as MP4 or WebM",
};
const MANY: Record<Family, string> = { picture: "pictures", audio: "audio files", video: "videos" };

/** What a file seems to be, by its type or, where the browser knows none, by its name. */
export function familyOf(file: { name: string; type: string }): Family | undefined {
  const [table, text] = file.type ? [TYPES, file.type] : [ENDINGS, file.name];
  return table.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Fails with words when a file could not be taken anyway, before any of it is sent. */
export function check(file: File, limits: Limits): void {
  if (file.size === 0) throw new Refused("The file is empty. Choose another.");
  const family = familyOf(file);
  const limit = family && limits[family];
  if (!limit) {
    const taken = (Object.keys(FORMATS) as Family[]).filter((one) => limits[one]).map((one) => FORMATS[one]);
    throw new Refused(`Upload ${new Intl.ListFormat("en").format(taken)}.`);
  }
  if (file.size > limit)
    throw new Refused(
      `This file is ${Math.ceil(file.size / 1e6)} MB, and ${MANY[family]} may be at most ${limit / 1e6} MB. Save a smaller copy and upload that.`,
    );
}

/** "4.2 MB" */
export function size(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1000))} KB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
