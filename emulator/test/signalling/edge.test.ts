import { expect, describe, it, onTestFinished } from "vitest";
import { edgeOf } from "../../src/signalling/connection.ts";
import { connect } from "./phone-line.ts";
import { startSignallingStage, tokenFor } from "./signalling-stage.ts";

describe("the edge", () => {
  it("is the one that the SDK wanted to reach", async () => {
    const stage = await startSignallingStage();
    onTestFinished(() => stage.close());
    const client = await connect(`${stage.url}?host=voice-js.dublin.twilio.com`);
    client.send("listen", { token: tokenFor("agent1", { region: "ie1" }) });
    expect((await client.next("connected")).edge).toBe("dublin");
    client.drop();
  });

  it("is ashburn for roaming and for unknown names", () => {
    expect([edgeOf("voice-js.roaming.twilio.com"), edgeOf("elsewhere"), edgeOf(null)]).toEqual(
      Array(3).fill("ashburn"),
    );
  });
});
