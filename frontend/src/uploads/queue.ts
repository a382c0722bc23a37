// A few at a time: more only share the same line, and a picture that is not sent yet costs nothing.

const PLACES = 3;

export class Queue {
  #running = 0;
  #waiting: (() => Promise<void>)[] = [];

  /** Runs `job` when there is a place. It must not fail. */
  add(job: () => Promise<void>): void {
    this.#waiting.push(job);
    this.#next();
  }

  #next(): void {
    while (this.#running < PLACES) {
      const job = this.#waiting.shift();
      if (!job) return;
      this.#running++;
      job().finally(() => {
        this.#running--;
        this.#next();
      });
    }
  }
}
