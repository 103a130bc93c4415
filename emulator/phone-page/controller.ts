import type { Link } from "./link.ts";
import type { CallSound } from "./sound/call-sound.ts";
import { type MediaCall, openMediaCall } from "./sound/media-call.ts";
import { openMicrophone } from "./sound/microphone.ts";
import type { PhoneEvent, PhoneState } from "./state.ts";

/** What the buttons do. */
export interface Controller {
  call(to: string): Promise<void>;
  answer(): Promise<void>;
  hangUp(): void;
  press(digit: string): void;
  /** Keeps the media in step with a state that has changed by a message. */
  follow(answer: string | null): void;
}

interface Parts {
  link: Link;
  sound: CallSound;
  state: () => PhoneState;
  happened: (event: PhoneEvent) => void;
}

export function createController({ link, sound, state, happened }: Parts): Controller {
  let media: MediaCall | null = null;

  /** Undefined when there is no microphone, or when the call is over by the time that there is one. */
  const openMedia = async (expected: PhoneState["call"]): Promise<MediaCall | undefined> => {
    const microphone = state().hasSound ? await openMicrophone() : { stream: null };
    if ("problem" in microphone) {
      happened({ type: "microphone-failed", key: microphone.problem });
      return undefined;
    }
    const { stream } = microphone;
    if (state().call !== expected) {
      for (const track of stream?.getTracks() ?? []) track.stop();
      return undefined;
    }
    if (stream) sound.said(stream);
    return (media = openMediaCall(stream, (farEnd) => sound.heard(farEnd)));
  };

  return {
    async call(to) {
      happened({ type: "dialled", to });
      const opened = await openMedia("preparing");
      if (!opened) return;
      happened({ type: "microphone-ready" });
      link.send({ type: "call", to, sdp: await opened.offer() });
    },
    async answer() {
      const { offer } = state();
      if (offer === null) return;
      happened({ type: "took-call" });
      const opened = await openMedia("answering");
      if (opened) link.send({ type: "answer", sdp: await opened.answer(offer) });
    },
    hangUp() {
      const { call } = state();
      if (call === "preparing") happened({ type: "gave-up" });
      else link.send({ type: call === "incoming" ? "decline" : "hang-up" });
    },
    press(digit) {
      if (state().call !== "connected") return;
      sound.key(digit);
      link.send({ type: "digits", digits: digit });
    },
    follow(answer) {
      sound.follow(state().call);
      if (answer !== null) void media?.accept(answer);
      if (state().call !== "idle") return;
      media?.close();
      media = null;
    },
  };
}
