import { expect, it } from "vitest";
import { CUSTOMER, startEmulatorStage } from "../support/emulator-stage.ts";

it("a waiting customer and an agent whom the app dials hear each other", async () => {
  const { emulator, app, clock, order, rings, hearing, sent } = await startEmulatorStage();
  const events = `statusCallback="${app.url}/events" statusCallbackEvent="start end join leave"`;
  app.on("/wait", "<Say>Please wait</Say><Redirect/>");
  app.on(
    "/voice",
    `<Dial action="/after"><Conference startConferenceOnEnter="false" endConferenceOnExit="true" waitUrl="/wait" ${events}>room</Conference></Dial>`,
  );
  app.on("/agent", `<Dial><Conference>room</Conference></Dial>`);
  const agent = emulator.people.add("client:agent1", { habit: { kind: "answers", afterMs: 2_000 } });

  const customer = await rings();
  expect(customer.captions).toEqual(["Please wait"]);
  expect(hearing()).toEqual([`${CUSTOMER} <- [wait]`]);

  const call = emulator.engine.createCall(order("client:agent1"));
  expect(call.status).toBe("queued");
  await clock.advance(2_000);
  expect(agent.state).toBe("talking");
  expect(hearing()).toEqual([`${CUSTOMER} <- client:agent1`, `client:agent1 <- ${CUSTOMER}`]);

  customer.hangUp();
  await clock.advance(0);
  expect(agent.state).toBe("idle");
  expect(sent("/calls").map((params) => params.CallStatus)).toEqual([
    "initiated",
    "ringing",
    "in-progress",
    "completed",
  ]);
  expect(sent("/events").map((params) => [params.SequenceNumber, params.StatusCallbackEvent])).toEqual([
    ["1", "participant-join"],
    ["2", "participant-join"],
    ["3", "conference-start"],
    ["4", "participant-leave"],
    ["5", "participant-leave"],
    ["6", "conference-end"],
  ]);
  expect(app.requests.every((request) => request.isSigned)).toBe(true);
});
