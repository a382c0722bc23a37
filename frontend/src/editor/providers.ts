// Whose addresses become cards when they are pasted on a line of their own. The server decides in
// the end (PROVIDERS in engines/text); an address that it does not know stays a link there.

const HOSTS =
  "youtube.com youtu.be vimeo.com dailymotion.com twitch.tv framatube.org tilvids.com peertube.tv mastodon.social mastodon.online mstdn.social fosstodon.org bsky.app open.spotify.com soundcloud.com bandcamp.com mixcloud.com podcasts.apple.com openstreetmap.org commons.wikimedia.org archive.org flickr.com".split(
    " ",
  );

export function isProvider(text: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(text) || !URL.canParse(text)) return false;
  const host = new URL(text).hostname;
  return HOSTS.some((known) => host === known || host.endsWith(`.${known}`));
}
