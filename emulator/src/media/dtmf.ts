import { clipOf, quietClip, sequenceOf } from "./clip.ts";
import type { Clip } from "./sounds.ts";
import { steadyTones } from "./synth.ts";

const ROWS = ["123A", "456B", "789C", "*0#D"];
const ROW_HZ = [697, 770, 852, 941];
const COLUMN_HZ = [1209, 1336, 1477, 1633];
const KEY_MS = 120;
const GAP_MS = 80;
/** `w` in a string of digits waits half a second (www.twilio.com/docs/voice/twiml/play). */
const WAIT_MS = 500;

function keyClips(key: string): Clip[] {
  if (key === "w" || key === "W") return [quietClip(WAIT_MS)];
  const row = ROWS.findIndex((keys) => keys.includes(key.toUpperCase()));
  if (row < 0) return [];
  const column = ROWS[row]!.indexOf(key.toUpperCase());
  const tones = steadyTones([ROW_HZ[row]!, COLUMN_HZ[column]!], KEY_MS, 0.2);
  return [clipOf(tones), quietClip(GAP_MS)];
}

/** The tones of a keypad (ITU-T Q.23), one after the other; characters that no keypad has are left out. */
export function digitsClip(digits: string): Clip {
  const clips = Array.from(digits).flatMap(keyClips);
  return sequenceOf(
    clips,
    clips.reduce((sum, clip) => sum + clip.durationMs, 0),
  );
}
