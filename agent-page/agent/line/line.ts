import type { Call } from "@twilio/voice-sdk";
import { refusalCauseOf } from "../../../src/wire/line-errors.ts";
import { type CallMicrophone, watchCallMicrophone } from "./call-microphone.ts";
import { type DeviceOptions, type RegisteredDevice, keepRegistered } from "./registered-device.ts";
import { followCall } from "./follow-call.ts";

const MICROPHONE: Readonly<Record<number, "refused" | "missing">> = { 31401: "refused", 31402: "missing" };

/** The telephone line of this page: registered for as long as it is open; at most one call. */
export interface Line {
  readonly answer: () => void;
  /** The SDK's helper for devices; null while there is no Device. */
  readonly audio: RegisteredDevice["audio"];
  readonly decline: () => void;
  readonly hangUp: () => void;
  readonly mute: (on: boolean) => void;
  /** One of 0 to 9, * and #, as a tone (DTMF). */
  readonly sendDigit: (digit: string) => void;
  /** Gives the call a new track if its microphone is lost. False: no call has opened the microphone. */
  readonly checkMicrophone: () => boolean;
  /** Ends the call, too. */
  readonly close: () => void;
}

interface LineOptions extends DeviceOptions {
  /** The step before a call can be answered; null: none. */
  readonly beforeAnswer: () => Promise<void> | null;
}

export function openLine(options: LineOptions): Line {
  const { dispatch } = options;
  let call: Call | null = null;
  let microphone: CallMicrophone | null = null;

  const onError = ({ code }: { code: number }): void => {
    const cause = refusalCauseOf(code);
    const state = MICROPHONE[code];
    if (cause) device.refused(code, cause);
    if (state) dispatch({ kind: "microphone", state });
  };
  const onIncoming = (incoming: Call): void => {
    // One at a time: a second one goes on ringing in the agent's other windows.
    if (call) return incoming.ignore();
    call = incoming;
    call.on("error", onError);
    const watched = watchCallMicrophone(call, {
      audio: device.audio,
      report: (state) => dispatch({ kind: "microphone", state }),
    });
    microphone = watched;
    followCall(call, dispatch, () => {
      call = microphone = null;
      watched.close();
    });
  };
  const device = keepRegistered({ ...options, hasCall: () => call !== null, onIncoming, onError });

  return {
    answer: () => {
      const answered = call;
      if (!answered) return;
      dispatch({ kind: "line", phase: "answering" });
      const ready = options.beforeAnswer();
      if (ready) void ready.finally(() => call === answered && answered.accept());
      else answered.accept();
    },
    audio: device.audio,
    decline: () => call?.reject(),
    hangUp: () => call?.disconnect(),
    mute: (on) => call?.mute(on),
    sendDigit: (digit) => call?.sendDigits(digit),
    checkMicrophone: () => microphone?.check() ?? false,
    close: device.close,
  };
}
