import type { Clock } from "../clock.ts";
import type { Person } from "./people.ts";
import type { Script } from "./read-person.ts";

/** Lets a person press keys and hang up in the next call that is answered. */
export function followScript(person: Person, script: Script, clock: Clock): void {
  const { presses, pressesAfterMs = 0, talkMs } = script;
  const start = async (): Promise<void> => {
    await person.until("talking");
    const { callSid } = person;
    const act = (afterMs: number, fn: () => void): void =>
      void clock.after(afterMs, () => person.callSid === callSid && fn());
    if (presses !== undefined) act(pressesAfterMs, () => person.press(presses));
    if (talkMs !== undefined) act(talkMs, () => person.hangUp());
  };
  if (presses !== undefined || talkMs !== undefined) void start();
}
