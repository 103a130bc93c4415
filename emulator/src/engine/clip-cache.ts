import type { Clip } from "../media/sounds.ts";
import type { Core } from "./core.ts";

type Kept = Map<string, { clip: Clip; until: number }>;

const kept = new WeakMap<Core, Kept>();

const maxAge = (cacheControl: string | undefined): number =>
  Number(/(?:^|[\s,])max-age=(\d+)/i.exec(cacheControl ?? "")?.[1] ?? 0);

/** A sound that need not be asked for again: Twilio caches what it plays (www.twilio.com/docs/voice/twiml/play). */
export function cachedClip(core: Core, url: string): Clip | undefined {
  const entry = kept.get(core)?.get(url);
  return entry && entry.until > core.clock.now() ? entry.clip : undefined;
}

/** Keeps a sound for as long as its `Cache-Control` allows. */
export function cacheClip(core: Core, url: string, clip: Clip, cacheControl: string | undefined): Clip {
  const seconds = maxAge(cacheControl);
  if (seconds > 0) {
    const clips: Kept = kept.get(core) ?? new Map();
    kept.set(core, clips.set(url, { clip, until: core.clock.now() + seconds * 1000 }));
  }
  return clip;
}
