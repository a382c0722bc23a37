// Times written as "12 minutes ago" go on counting while the page is open. Only these forms are
// touched; "Mon at 11:51 AM" and dates stay as the server wrote them, in the reader's zone.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const RELATIVE = /^(a few seconds|a minute|an hour|\d+ (seconds?|minutes?|hours?)) ago$/;

export function keepTimes(): void {
  setInterval(() => document.hidden || refresh(), 20 * SECOND);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  document.addEventListener("turbo:load", () => refresh());
}

function refresh(now = Date.now()): void {
  for (const element of document.querySelectorAll("time[datetime]")) {
    if (!RELATIVE.test(element.textContent?.trim() ?? "")) continue;
    const text = spoken(now - Date.parse(element.getAttribute("datetime") ?? ""));
    if (text && text !== element.textContent) element.textContent = text;
  }
}

/** The words for an age in milliseconds; null when they are no longer relative ones. */
export function spoken(age: number): string | null {
  if (!(age >= 0) || age >= 24 * HOUR) return null;
  if (age < MINUTE) return "a few seconds ago";
  if (age < HOUR) return count(Math.floor(age / MINUTE), "minute");
  return count(Math.floor(age / HOUR), "hour");
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? "" : "s"} ago`;
}
