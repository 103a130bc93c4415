import type { Shown } from "./attention.ts";

/** Shows the page's title. What draws attention in the background is fetched when the page first goes there. */
export function createTitle(): (shown: Shown) => void {
  let shown: Shown = { title: document.title, ringing: null };
  let show = ({ title }: Shown): void => {
    if (document.title !== title) document.title = title;
  };
  const load = async (): Promise<void> => {
    if (!document.hidden) return;
    document.removeEventListener("visibilitychange", onHidden);
    const { createAttention } = await import("./attention.ts");
    show = createAttention();
    show(shown);
  };
  const onHidden = (): void => void load();
  document.addEventListener("visibilitychange", onHidden);
  onHidden();
  return (next) => {
    shown = next;
    show(next);
  };
}

/** The agent has neither allowed nor blocked it in the browser. */
export const canAskToNotify = (): boolean =>
  "Notification" in window && Notification.permission === "default";
