// Sending a picture to the site, with its progress.

export interface Sent {
  id: string;
  url: string;
  width: number;
  height: number;
}

/** Sends `file`; `progress` gets whole percents. Fails with a sentence for the author. */
export function send(
  file: File,
  address: string,
  signal: AbortSignal,
  progress: (percent: number) => void,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    // fetch cannot tell how much of a body has left.
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => progress(Math.round((100 * event.loaded) / event.total)));
    request.addEventListener("load", () => {
      if (request.status < 300 && request.response?.url) resolve(request.response);
      else reject(new Error(reason(request)));
    });
    request.addEventListener("error", () =>
      reject(new Error("The picture could not be sent. Check your connection and try again.")),
    );
    signal.addEventListener("abort", () => request.abort());
    const body = new FormData();
    body.append("file", file, file.name || "picture");
    progress(0);
    request.send(body);
  });
}

function reason(request: XMLHttpRequest): string {
  const fields = Object.values<string>(request.response?.fields ?? {});
  if (fields[0] || request.response?.error) return fields[0] ?? request.response.error;
  if (request.status === 413) return "This picture is too large. Make it smaller and try again.";
  if (request.status === 401) return "You are signed out. Sign in again in another window, then press Retry.";
  return "The site could not take this picture. Try again in a moment.";
}
