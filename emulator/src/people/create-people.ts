import type { Clock } from "../clock.ts";
import type { Engine } from "../engine/engine.ts";
import type { ClipLibrary } from "../media/clips.ts";
import { createPerson } from "./create-person.ts";
import type { People, Person } from "./people.ts";

/** Scripted parties at an engine's devices. */
export function createPeople(parts: { engine: Engine; clock: Clock; clips: ClipLibrary }): People {
  const all = new Map<string, Person>();
  let lastId = 0;
  return {
    add(address, options = {}) {
      const id = String(++lastId);
      const person = createPerson({ ...parts, id, onLeft: () => void all.delete(id) }, address, options);
      all.set(id, person);
      return person;
    },
    list: () => [...all.values()],
  };
}
