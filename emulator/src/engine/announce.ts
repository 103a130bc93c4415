import type { ConferenceState, Hook, ParticipantState } from "../types.ts";
import { type ConferenceEvent, report } from "../world/effects.ts";
import { musicVerbs } from "./ambient.ts";
import type { Core } from "./core.ts";
import type { Leg } from "./leg.ts";
import { reportConference } from "./report-conference.ts";
import { DocumentError, type Run } from "./run.ts";
import { runDocuments } from "./run-documents.ts";

async function play(
  core: Core,
  leg: Leg,
  conference: ConferenceState,
  hook: Hook,
): Promise<DocumentError | null> {
  const controller = new AbortController();
  leg.stay?.whenOut.add(() => controller.abort());
  const run: Run = { core, leg, signal: controller.signal, documentUrl: hook.url };
  const params = { ConferenceSid: conference.sid };
  try {
    await runDocuments(run, { kind: "announce", ...hook, params }, musicVerbs("announcement"));
    return null;
  } catch (error) {
    if (controller.signal.aborted) return null;
    if (error instanceof DocumentError) return error;
    throw error;
  }
}

/** Plays an announcement to some participants of a conference, over all that they hear, and reports its end. */
export function announceTo(
  core: Core,
  conference: ConferenceState,
  to: readonly ParticipantState[],
  hook: Hook,
): void {
  const legs = to.flatMap((p) => core.legs.get(p.callSid) ?? []).filter((leg) => leg.seat);
  const toOne = to.length === 1 ? to[0] : undefined;
  const finish = (error: DocumentError | null): void => {
    const event: ConferenceEvent = error ? "announcement-fail" : "announcement-end";
    const extra: Record<string, string> = { AnnounceUrl: hook.url };
    if (error) extra.ReasonAnnouncementFailed = error.message;
    const effect = report(event, toOne ?? null, extra);
    if (effect.kind === "report") reportConference(core, conference, effect);
  };
  core.turns.later(() => {
    const plays = legs.map((leg) => play(core, leg, conference, hook));
    void Promise.all(plays).then((errors) => finish(errors.find((error) => error !== null) ?? null));
  });
}
