import { expect, it } from "vitest";
import { familiesOf } from "../../src/inspector/family.ts";
import type { Snapshot } from "../../src/inspector/snapshot.ts";
import { stepsOf } from "../../src/inspector/steps.ts";
import { SID, dialling } from "../engine/applying.ts";
import { CUSTOMER, NUMBER } from "../support/emulator-stage.ts";

it("the inspector shows a call to an application and the application's own as one sequence", async () => {
  const { clock, emulator } = await dialling({ app: "<Say>We are closed.</Say>" });
  await clock.advance(20_000);
  const shown = (await (await fetch(`${emulator.url}/inspector.json`)).json()) as Snapshot;
  expect(familiesOf(shown).map(({ calls }) => calls.length)).toEqual([3]);
  const steps = stepsOf(shown, { reads: false }).steps.map(
    ({ from, to, what }) => `${from} > ${to}: ${what}`,
  );
  expect(steps.filter((step) => !step.includes("App"))).toEqual([
    `${CUSTOMER} > Twilio: calls ${NUMBER}`,
    `Twilio > ${CUSTOMER}: answers`,
    `Twilio > app:${SID}: rings`,
    `app:${SID} > Twilio: “We are closed.”`,
    `app:${SID} > Twilio: answers`,
    `Twilio > app:${SID}: the call ends`,
    `Twilio > ${CUSTOMER}: “Goodbye.”`,
    `Twilio > ${CUSTOMER}: the call ends`,
  ]);
});
