import { startEmulator } from "local-twilio";
import { expect, it } from "vitest";

it("the tests run the emulator's sources, not its last build", async () => {
  const thrown = await startEmulator({ accountSid: "wrong" }).catch((error: Error) => error);
  expect((thrown as Error).stack).toMatch(/emulator\/src\/credentials\.ts/);
});
