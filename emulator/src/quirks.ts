/** Behaviours of Twilio that are not settled; each variant can be chosen, and an app should work under all. */
export interface Quirks {
  /** The first SequenceNumber of a conference's callbacks. */
  firstConferenceSequence: 0 | 1;
  /** Whether a callee who never answered is reported with a join before its leave. */
  joinBeforeFailedLeave: boolean;
  /** The order of the last reports when a conference ends. */
  endOrder: "leave-end-completed" | "end-leave-completed" | "completed-leave-end";
  /** What becomes of a removed participant that came by TwiML: its TwiML goes on, or its call ends. */
  removedParticipant: "continues" | "hangs-up";
  /** How a browser's reject is reported. */
  declineAs: "busy" | "no-answer";
  /** How a conference that nobody has started yet is listed. */
  waitingConferenceAs: "init" | "in-progress";
  /** How long, in ms of the emulator's clock, lists of calls, conferences and participants show what was before. */
  listLagMs: number;
  /** What a participant hears who is held without a HoldUrl. */
  holdWithoutUrl: "music" | "silence";
  /** The code that CreateParticipant answers for the SID of a conference that is over. */
  endedConferenceCode: 20404 | 16022;
  /** Whether the first attempt of a webhook has an idempotency token, or only what tries again. */
  idempotencyToken: "always" | "retries";
  /** Whether the action of a `<Dial>` is requested when the caller has hung up; the answer changes nothing. */
  actionAfterHangUp: boolean;
  /** How long, in ms, the call of a browser whose socket is gone stays up: the SDK may come back. A frozen browser loses its socket. */
  lostBrowserAfterMs: number;
}

export const defaultQuirks: Quirks = {
  firstConferenceSequence: 1,
  joinBeforeFailedLeave: false,
  endOrder: "leave-end-completed",
  removedParticipant: "continues",
  declineAs: "busy",
  waitingConferenceAs: "in-progress",
  listLagMs: 0,
  holdWithoutUrl: "music",
  endedConferenceCode: 20404,
  idempotencyToken: "always",
  actionAfterHangUp: true,
  lostBrowserAfterMs: 30_000,
};
