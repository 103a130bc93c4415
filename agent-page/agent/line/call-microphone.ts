import type { Call, Device } from "@twilio/voice-sdk";
import { tryMicrophone } from "../microphone.ts";
import type { MicrophoneState } from "../model.ts";

type Audio = NonNullable<Device["audio"]>;

/** The microphone of one call. */
export interface CallMicrophone {
  /** Gives the call a new track if it has lost its own. False: the call has not opened a microphone yet. */
  readonly check: () => boolean;
  readonly close: () => void;
}

interface MicrophoneOptions {
  readonly audio: () => Audio | null;
  readonly report: (state: MicrophoneState) => void;
}

/** The SDK replaces tracks without an event, and `track.stop()` fires none. */
const POLL_MS = 1_000;

/**
 * Watches the track that a call sends. When it ends (the permission was withdrawn, the device was unplugged), the call
 * gets a new one; when that fails, `tell` says why, and `check` tries again.
 */
export function watchCallMicrophone(call: Call, { audio, report }: MicrophoneOptions): CallMicrophone {
  let state: MicrophoneState = "ready";
  let watched: MediaStreamTrack | undefined;
  let isRenewing = false;
  let isClosed = false;

  const setState = (next: MicrophoneState): void => {
    if (isClosed || next === state) return;
    state = next;
    report(next);
  };
  const currentTrack = () => call.getLocalStream()?.getAudioTracks()[0];
  const checkTrack = (): void => {
    const track = currentTrack();
    if (!track || isClosed) return;
    if (track !== watched) {
      for (const event of ["ended", "mute", "unmute"]) track.addEventListener(event, checkTrack);
      watched = track;
    }
    if (track.readyState === "live") setState(track.muted ? "silent" : "ready");
    else if (state === "ready" || state === "silent") void replaceTrack();
  };
  const replaceTrack = async (): Promise<void> => {
    const helper = audio();
    if (isRenewing || !helper) return;
    isRenewing = true;
    const deviceId = await tryMicrophone((next) => next !== "ready" && setState(next));
    if (deviceId !== null && !isClosed) await openTrack(helper, deviceId).catch(() => setState("busy"));
    isRenewing = false;
    if (currentTrack()?.readyState === "live") checkTrack();
  };

  const timer = setInterval(checkTrack, POLL_MS);
  return {
    check() {
      const track = currentTrack();
      if (track?.readyState === "ended") void replaceTrack();
      return track !== undefined;
    },
    close() {
      isClosed = true;
      clearInterval(timer);
      // The next call opens the microphone anew: what this one lacked may be there.
      if (state !== "ready") void tryMicrophone(report);
      // Releases the device; rejected while another call uses it.
      audio()
        ?.unsetInputDevice()
        .catch(() => undefined);
    },
  };
}

/** Makes the SDK send a new track of this device, or of another one that is there. */
async function openTrack(audio: Audio, wanted: string): Promise<void> {
  const known = audio.availableInputDevices;
  const deviceId = [wanted, "default", ...known.keys()].find((id) => known.has(id)) ?? wanted;
  // The SDK opens the device that it has already only when its constraints change.
  if (audio.inputDevice?.deviceId === deviceId) await audio.unsetAudioConstraints();
  else await audio.setInputDevice(deviceId);
}
