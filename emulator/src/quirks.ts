/** A behaviour with a few known variants. */
interface Choice<V extends string | number | boolean> {
  readonly about: string;
  readonly variants: readonly V[];
  readonly default: V;
}

/** A time in milliseconds of the emulator's clock. */
interface Span {
  readonly about: string;
  readonly leastMs: number;
  readonly default: number;
}

/** @param variants the default first */
const choice = <const V extends string | number | boolean>(
  about: string,
  variants: readonly [V, ...V[]],
): Choice<V> => ({ about, variants, default: variants[0] });

const span = (about: string, usualMs: number, leastMs: number): Span => ({
  about,
  leastMs,
  default: usualMs,
});

/** Behaviours of Twilio that are not settled; an app should work under all. Types, options, help and docs/guide.md follow this table. */
export const quirks = {
  firstConferenceSequence: choice("first SequenceNumber of a conference's callbacks", [1, 0]),
  joinBeforeFailedLeave: choice("whether a callee who never answered joins before it leaves", [false, true]),
  endOrder: choice("order of the last reports when a conference ends", [
    "leave-end-completed",
    "end-leave-completed",
    "completed-leave-end",
  ]),
  removedParticipant: choice("whether the TwiML of a removed participant continues, or its call ends", [
    "continues",
    "hangs-up",
  ]),
  declineAs: choice("how a browser's reject is reported", ["busy", "no-answer"]),
  waitingConferenceAs: choice("how a conference that nobody has started is listed", ["in-progress", "init"]),
  listLagMs: span("how long lists of calls, conferences and participants show what was before", 0, 0),
  voiceRequestAfterMs: span("how long after its answer a call by REST requests its TwiML", 0, 0),
  holdWithoutUrl: choice("what a participant on hold without a HoldUrl hears", ["music", "silence"]),
  endedConferenceCode: choice(
    "code that CreateParticipant answers for the SID of an ended conference",
    [20404, 16022],
  ),
  idempotencyToken: choice("whether a webhook's first attempt has a token, or only retries", [
    "always",
    "retries",
  ]),
  actionAfterHangUp: choice(
    "whether a Dial's action is requested after its caller hung up; the answer changes nothing",
    [true, false],
  ),
  lostBrowserAfterMs: span("how long the call of a browser without a socket stays up", 30_000, 1_000),
};

export type QuirkName = keyof typeof quirks;

/** A value for each quirk. */
export type Quirks = { [Name in QuirkName]: (typeof quirks)[Name]["default"] };

export const quirkNames = Object.keys(quirks) as QuirkName[];

export const defaultQuirks = Object.fromEntries(
  quirkNames.map((name) => [name, quirks[name].default]),
) as Quirks;

const LONGEST_MS = 3_600_000;

/** The values of a quirk, in words. */
export function variantsOf(name: QuirkName): string {
  const quirk: Choice<string | number | boolean> | Span = quirks[name];
  if ("variants" in quirk) return quirk.variants.join(", ");
  return `milliseconds from ${quirk.leastMs} to ${LONGEST_MS}`;
}

/** The value that a text stands for; undefined: the quirk has no such value. */
export function quirkValue(name: QuirkName, text: string): Quirks[QuirkName] | undefined {
  const quirk: Choice<Quirks[QuirkName]> | Span = quirks[name];
  if ("variants" in quirk) return quirk.variants.find((variant) => String(variant) === text);
  const ms = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  return ms >= quirk.leastMs && ms <= LONGEST_MS ? ms : undefined;
}
