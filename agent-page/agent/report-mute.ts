import type { Model } from "./model.ts";

/** The pause before the same report is repeated. */
const AGAIN_MS = 2_000;

/**
 * Returns a function to call after each update of the model. It reports to the server that the agent muted the
 * microphone in this page, or unmuted it: Twilio does not hear of that.
 */
export function createMuteReporter(send: (call: string, muted: boolean) => void, now: () => number) {
  let sent = "";
  let sentAt = -Infinity;
  return ({ line, events, view }: Model): void => {
    const own = view?.call?.legs.find(({ label }) => label === view.label);
    if (!line || events !== "open" || !view?.call || own?.state !== "joined") return;
    if (own.mutedSelf === line.muted) return;
    const report = `${view.call.id} ${own.label} ${line.muted}`;
    if (report === sent && now() - sentAt < AGAIN_MS) return;
    sent = report;
    sentAt = now();
    send(view.call.id, line.muted);
  };
}
