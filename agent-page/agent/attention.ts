/** Where a call that rings in the background is seen. */
export interface Shown {
  readonly title: string;
  /** The caller; null when nothing rings. */
  readonly ringing: string | null;
}

const FLASH_MS = 1_000;
const FLASH = "● ● ●";

/**
 * Returns what shows the page's title. While a call rings and the page is in the background, there is a desktop notification
 * if the agent has allowed it; otherwise title and icon flash.
 */
export function createAttention(): (shown: Shown) => void {
  const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  const icons = [icon?.href ?? "", icon?.href.replace("icon.svg", "icon-ringing.svg") ?? ""] as const;
  let shown: Shown = { title: document.title, ringing: null };
  let notification: Notification | null = null;
  let timer: number | undefined;
  let isLit = false;

  const show = (): void => {
    const title = isLit ? FLASH : shown.title;
    if (document.title !== title) document.title = title;
    const href = icons[isLit ? 1 : 0];
    if (icon && icon.href !== href) icon.href = href;
  };
  const stop = (): void => {
    notification?.close();
    notification = null;
    clearInterval(timer);
    isLit = false;
    show();
  };
  const start = (): void => {
    if (mayNotify()) {
      notification = notifyOf(shown);
      return;
    }
    timer = window.setInterval(() => {
      isLit = !isLit;
      show();
    }, FLASH_MS);
  };
  document.addEventListener("visibilitychange", () => document.hidden || stop());
  return (next) => {
    const begins = next.ringing !== null && shown.ringing === null;
    const ends = next.ringing === null && shown.ringing !== null;
    shown = next;
    show();
    if (ends) stop();
    if (begins && document.hidden) start();
  };
}

function notifyOf({ title, ringing }: Shown): Notification {
  const notification = new Notification(title, {
    body: ringing ?? "",
    tag: "incoming",
    requireInteraction: true,
  });
  notification.addEventListener("click", () => window.focus());
  return notification;
}

const mayNotify = (): boolean => "Notification" in window && Notification.permission === "granted";
