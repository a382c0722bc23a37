// Turbo brings no types; this is the part of it that the site uses.
declare module "@hotwired/turbo" {
  export const session: { drive: boolean };
  export function visit(address: string): void;
  export function renderStreamMessage(message: string): void;
  export const config: {
    drive: { progressBarDelay: number };
    forms: {
      confirm: (message: string, form: HTMLFormElement, submitter?: HTMLElement | null) => Promise<boolean> | boolean;
    };
  };
}
