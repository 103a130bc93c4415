import type { Clock } from "../clock.ts";
import type { Engine } from "../engine/engine.ts";
import type { ClipLibrary } from "../media/clips.ts";
import { createPerson } from "./create-person.ts";
import type { People } from "./people.ts";

/** Scripted parties at an engine's devices. */
export function createPeople(parts: { engine: Engine; clock: Clock; clips: ClipLibrary }): People {
  return { add: (address, options = {}) => createPerson(parts, address, options) };
}
