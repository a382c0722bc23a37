// Whoever follows a notice has read it: told to the site on the way, without waiting for its answer.

export function readNotices(): void {
  document.addEventListener("click", follow);
  // The middle button opens another window.
  document.addEventListener("auxclick", follow);
}

function follow(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLElement>("a[data-notice]");
  if (!link || event.button > 1) return;
  fetch(`/notifications/${link.dataset.notice}/reading`, {
    method: "POST",
    keepalive: true,
    headers: { accept: "*/*" },
  }).catch(() => {
    // It stays unread, and says so.
  });
}
