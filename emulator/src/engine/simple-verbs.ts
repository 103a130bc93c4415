import type { PlayVerb, SayVerb, Verb } from "../twiml/verbs.ts";
import type { Clip } from "../media/sounds.ts";
import { warn } from "./core.ts";
import { counterpartOf, giveBack } from "./counterpart.ts";
import type { SoundKind } from "./leg.ts";
import { startSound } from "./leg-sound.ts";
import { decode, fetchClip } from "./fetch-clip.ts";
import { HANG_UP, NEXT, type Run, type Step, resolveUrl, wait } from "./run.ts";

/** The place and the timing of a run's sounds. */
export interface Stage {
  kind: SoundKind | null;
  layer: "base" | "over";
}

/** The sound of each verb in a call's own TwiML. */
export const OWN_STAGE: Stage = { kind: null, layer: "base" };

/** Plays a clip to its end, with all repeats; calls `begins` at each start. */
export async function play(run: Run, clip: Clip, stage: Stage, verb: "say" | "play"): Promise<void> {
  const stop = startSound(run.leg, stage.layer, { kind: stage.kind ?? verb, clip });
  try {
    await wait(run, clip.durationMs);
  } finally {
    stop();
  }
}

/** Twilio says or plays `loop="0"` until the call ends, or a thousand times. */
const timesOf = (loop: number): number => (loop === 0 ? 1_000 : loop);

async function say(run: Run, verb: SayVerb, stage: Stage): Promise<void> {
  const { core, leg } = run;
  const { text, language } = verb;
  if (text === "") return;
  for (let times = timesOf(verb.loop); times > 0; times--) {
    const clip = core.clips.say(text, language);
    leg.line?.caption({ text, language, durationMs: clip.durationMs });
    core.emit({ kind: "said", callSid: leg.call.sid, text, language, at: core.clock.now() });
    await play(run, clip, stage, "say");
  }
}

async function playAddress(run: Run, verb: PlayVerb, stage: Stage): Promise<void> {
  const { core, leg } = run;
  // An application at the other end understands the keys.
  if (verb.digits !== "") counterpartOf(core, leg)?.line?.listener.digits(verb.digits.replace(/w/gi, ""));
  if (verb.digits !== "") await play(run, core.clips.digits(verb.digits), stage, "play");
  if (verb.url === "") return;
  const url = resolveUrl(run, verb.url);
  const clip = await fetchClip(run, url);
  if (!clip) {
    warn(core, { callSid: leg.call.sid, code: 11200, message: "<Play> could not be fetched: skipped", url });
    return;
  }
  const looped = verb.loop === 1 ? clip : core.clips.loop(clip, verb.loop);
  await play(run, looped, stage, "play");
}

/** The verbs that a waiting caller may hear, and how a document goes on; undefined for the others. */
export async function runSimpleVerb(run: Run, verb: Verb, stage: Stage): Promise<Step | undefined> {
  switch (verb.verb) {
    case "Say":
      await say(run, verb, stage);
      return NEXT;
    case "Play":
      await playAddress(run, verb, stage);
      return NEXT;
    case "Audio":
      await play(run, decode(run, verb.bytes, run.documentUrl), stage, "play");
      return NEXT;
    case "Pause":
      await wait(run, verb.length * 1_000);
      return NEXT;
    case "Redirect": {
      const url = resolveUrl(run, verb.url);
      return { kind: "document", request: { kind: "redirect", url, method: verb.method, params: {} } };
    }
    case "Hangup":
      if (stage.kind !== null) return undefined;
      giveBack(run.core, run.leg, verb.parameters);
      return HANG_UP;
    default:
      return undefined;
  }
}
