import { expect, it } from "vitest";
import { storyWords } from "../../../src/cli/live/story-words.ts";

import { callPage } from "../../../src/cli/views/call-page.ts";
import { historyTable } from "../../../src/cli/views/history-table.ts";
import { call } from "../../agent-page/views.ts";
import { memoryOutput } from "../support/memory-output.ts";

const { paint } = memoryOutput({ json: false }).output;
const url = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1";
const message = { recording: "RE1", url, seconds: 72, at: 90_000 };
const ended = call({ endedAt: 80_000, state: "ended", message });

it("conferences show gives a message's length and where to listen", () => {
  expect(callPage(ended, paint, 0)).toContain(`Message     1:12, ${url}`);
  expect(callPage({ ...ended, message: null }, paint, 0).join("\n")).not.toContain("Message");
});

it("history shows the message below its call", () => {
  const past = {
    ...ended,
    endedAt: 80_000,
    waitedMs: 0,
    talkedMs: 0,
    endedBy: "no-agent" as const,
    agents: [],
    transfers: [],
  };
  expect(historyTable([past], paint).at(-1)).toBe(`  Message: 1:12, ${url}`);
  expect(historyTable([{ ...past, message: null }], paint)).toHaveLength(2);
});

it("a story describes the message in words", () => {
  const entry = { event: "message-left", agent: null, agentName: null, reason: null } as const;
  expect(storyWords(entry)).toBe("the customer has left a message");
});
