import { clipOf, quietClip, repeated } from "./clip.ts";
import type { ClipLibrary } from "./clips.ts";
import { digitsClip } from "./dtmf.ts";
import { holdMusic } from "./music.ts";
import { toTelephone } from "./resample.ts";
import type { Clip } from "./sounds.ts";
import { speechClip } from "./speech.ts";
import { readWav } from "./wav.ts";

/** All sounds that the emulator makes itself or reads from WAV files. */
export function createClipLibrary(): ClipLibrary {
  let music: Clip | undefined;
  return {
    // The length follows from the script that the text is written in, which the language only repeats.
    say: (text) => speechClip(text),
    wav: (bytes) => clipOf(toTelephone(readWav(bytes))),
    music: () => (music ??= clipOf(holdMusic())),
    digits: (digits) => digitsClip(digits),
    silence: (durationMs) => quietClip(durationMs),
    loop: (clip, times) => repeated(clip, times),
  };
}
