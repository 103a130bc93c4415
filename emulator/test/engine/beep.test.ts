import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { BEEP_HZ } from "../../src/engine/beep.ts";
import type { Person } from "../../src/people/people.ts";
import type { ParticipantState } from "../../src/types.ts";
import { join, leave } from "../../src/world/conference-life.ts";
import { newParticipant, openConference } from "../../src/world/conferences.ts";
import { newWorld } from "../../src/world/new-world.ts";
import { changeParticipant } from "../../src/world/participant-changes.ts";
import { TARGET, participantOrder, talking } from "./talking.ts";

const ACCOUNT = { accountSid: "AC0", authToken: "secret", apiKey: "SK0", apiSecret: "secret" };
const RULES = { joinBeforeFailedLeave: false };
const HUNG_UP = { reason: "participant_hung_up", callStatus: "completed" } as const;

/** Two talk with each other, and the third comes and goes. */
function comingAndGoing(third: ParticipantState) {
  const settings = { friendlyName: "room", maxParticipants: 250, region: null, statusCallback: null };
  const room = openConference(newWorld(ACCOUNT, [], 0), settings, 1, 0);
  const beepsIn = (effects: { kind: string }[]) => effects.filter(({ kind }) => kind === "beep").length;
  const first = newParticipant({ callSid: "CA1", viaApi: false }, 0);
  const second = newParticipant({ callSid: "CA2", viaApi: false, beep: "false" }, 0);
  const alone = beepsIn(join(room, first, 0));
  const quietly = beepsIn(join(room, second, 0));
  const entering = beepsIn(join(room, third, 0));
  const going = () => beepsIn(leave(room, third, HUNG_UP, RULES, 0));
  return { alone, quietly, entering, going };
}

describe("a conference beeps", () => {
  it.each([
    ["true", 1, 1],
    ["onEnter", 1, 0],
    ["onExit", 0, 1],
    ["false", 0, 0],
  ] as const)(
    "with beep=%s %i times when somebody enters, %i times when somebody leaves",
    (beep, on, off) => {
      const third = newParticipant({ callSid: "CA3", viaApi: false, beep }, 0);
      const { alone, quietly, entering, going } = comingAndGoing(third);
      expect({ alone, quietly, entering, leaving: going() }).toEqual({
        alone: 0,
        quietly: 0,
        entering: on,
        leaving: off,
      });
    },
  );

  it("on leaving by the changed BeepOnExit, and on entering as before", () => {
    for (const beep of ["true", "false", "onEnter", "onExit"] as const)
      for (const beepOnExit of [true, false]) {
        const third = newParticipant({ callSid: "CA3", viaApi: true, beep }, 0);
        changeParticipant(third, { beepOnExit }, 0);
        const { entering, going } = comingAndGoing(third);
        const enters = beep === "true" || beep === "onEnter";
        expect([beep, beepOnExit, entering, going()]).toEqual([beep, beepOnExit, +enters, +beepOnExit]);
      }
  });
});

/** Waits, in real time, until somebody has heard a beep in the last seconds. */
async function hearsBeep(person: Person): Promise<boolean> {
  for (let tries = 0; tries < 60; tries++) {
    if (person.heardDb(BEEP_HZ, 2_000) > -45) return true;
    await new Promise((resolve) => systemClock.after(50, () => resolve(undefined)));
  }
  return false;
}

it("the participants and the one who joins hear the beep", async () => {
  const { stage, emulator, clock, customer, agent } = await talking({ mixing: true });
  expect(await hearsBeep(customer)).toBe(true);
  expect(await hearsBeep(agent)).toBe(true);
  const target = emulator.people.add(TARGET, { habit: { kind: "answers", afterMs: 0 } });
  emulator.engine.createParticipant("room", participantOrder(stage, TARGET));
  await clock.advance(0);
  expect(await hearsBeep(target)).toBe(true);
});
