/** The messages between the phone page and the emulator over the WebSocket `/phone`, as JSON. Numbers are E.164. */
export type FromPhone =
  | { type: "call"; to: string; sdp: string }
  /** Takes the call that rings. */
  | { type: "answer"; sdp: string }
  | { type: "decline" }
  | { type: "hang-up" }
  /** Pressed keys: 0-9, * and #. */
  | { type: "digits"; digits: string };

export type EndStatus = "completed" | "busy" | "no-answer" | "failed" | "canceled";

export type ToPhone =
  /** First of all: the phone's own number, and the numbers of the emulator that can be rung. */
  | {
      type: "hello";
      ownNumber: string;
      numbers: { phoneNumber: string; friendlyName: string }[];
      /** False: calls are signalled, but carry no sound. */
      hasSound: boolean;
    }
  | { type: "ringing"; callSid: string }
  /** The call is in progress. The answer to a call from the phone; null when the phone answered. */
  | { type: "answered"; sdp: string | null }
  /** A sentence that begins to be said. */
  | { type: "caption"; text: string; language: string; durationMs: number }
  | { type: "incoming"; from: string; sdp: string }
  /** `reason` is a sentence, where there is more to say than the status does. */
  | { type: "ended"; status: EndStatus; reason: string | null };
