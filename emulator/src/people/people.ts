/** A scripted person's reaction to a call. Times are milliseconds of the emulator's clock. */
export type Habit =
  | { kind: "answers"; afterMs: number }
  | { kind: "never-answers" }
  | { kind: "busy" }
  | { kind: "declines"; afterMs: number }
  | { kind: "unreachable" }
  /** A browser's tab that the system has frozen: it stays registered, is busy at every other call, and does not answer the rest. */
  | { kind: "frozen" }
  | { kind: "answers-and-hangs-up"; afterMs: number; talkMs: number };

/** A person's voice: a steady tone, a WAV file once, or silence. */
export type Voice = { kind: "tone"; hz: number } | { kind: "wav"; bytes: Uint8Array } | { kind: "quiet" };

/** Who answers: answering machine detection tells them apart. A machine's greeting takes six seconds, to its beep. */
export type Nature = "human" | "machine";

/** A scripted party: a customer, an agent's browser, or a phone. */
export interface Person {
  /** Its name at `/people`. */
  readonly id: string;
  /** E.164, `client:identity` or `sip:`. */
  readonly address: string;
  /** The Call SID of the call that the person is in or that rings, else null. */
  readonly callSid: string | null;
  /** That of the call before, while there is none. */
  readonly lastCallSid: string | null;
  readonly state: "idle" | "calling" | "ringing" | "talking";
  /** Rings one of the emulator's numbers, or an application (`app:AP…`) from a browser. Resolves with the Call SID when it rings. */
  call(number: string): Promise<string>;
  hangUp(): void;
  /** Answers, or declines, a call that rings now (for `never-answers` habits driven by hand). */
  answer(): void;
  decline(): void;
  press(digits: string): void;
  setHabit(habit: Habit): void;
  say(voice: Voice): void;
  /** Says a sentence, which `<Gather>` and `<ConversationRelay>` understand. */
  speak(text: string): void;
  /** The people whom this person hears now, by address; if none, the sound in brackets: `[hold]`, `[ringing]`, `[silence]`. */
  hears(): string[];
  /** Sentences of `<Say>` that this person has heard, oldest first. */
  readonly captions: readonly string[];
  /**
   * The loudness at a frequency of what this person has heard in the last `windowMs` of real time, in dB of full scale
   * (0 loud, -120 nothing). Needs `mixing`.
   */
  heardDb(hz: number, windowMs?: number): number;
  /** Resolves when the person's state is `state`; at once if it is. */
  until(state: Person["state"]): Promise<void>;
  /** Removes the person's device. */
  leave(): void;
}

export interface People {
  /**
   * A phone (`+1555…`), a SIP phone (`sip:bob@example.com`) or a browser (`client:agent1`). Default habit: never answers
   * automatically. By default it `is` a human.
   */
  add(address: string, options?: { habit?: Habit; voice?: Voice; is?: Nature }): Person;
  /** Those who have not left, oldest first. */
  list(): readonly Person[];
}
