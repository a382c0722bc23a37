// How well a colour is read (WCAG 2.2, 1.4.3): the same sums as the server's, which decides.

type Rgb = [number, number, number];

export function parse(colour: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as Rgb;
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function against(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The least contrast of a colour on any of these papers, and on the first when so many percent of the colour are in it. */
export function readability(colour: string, papers: string[], wash: number): number {
  const ink = parse(colour);
  const grounds = papers.map(parse);
  const first = grounds[0] ?? [255, 255, 255];
  const washed = first.map((part, at) => Math.floor((part * (100 - wash) + (ink[at] ?? 0) * wash + 50) / 100)) as Rgb;
  return Math.min(...[...grounds, washed].map((ground) => against(ink, ground)));
}
