import { describe, expect, it } from "vitest";
import { completeWords } from "../../src/cli/completion/complete-words.ts";
import { SCENARIO_NAMES } from "../../src/cli/declare/sandbox.ts";
import { ALL, SCENARIOS } from "../../src/cli/play/scenarios.ts";
import { declareProgram } from "../../src/cli/program.ts";
import { aContext } from "./support/context.ts";
import { memoryOutput } from "./support/memory-output.ts";

const program = declareProgram(aContext(memoryOutput({ json: false }).output), async () => undefined);

/** The completions, or the request for them. */
function offered(line: string): unknown {
  const found = completeWords(program, line.split(" "));
  return found.kind === "words" ? found.words.map(({ word }) => word) : found;
}

describe("shell completion", () => {
  it.each([
    ["conf", ["conferences"]],
    ["conferences ", ["list", "show", "watch", "end"]],
    ["calls ", ["list", "show", "watch", "end"]],
    ["--json conferences s", ["show"]],
    ["completion ", ["bash", "zsh", "fish"]],
    ["completion z", ["zsh"]],
    ["sandbox --language ", ["en", "ja"]],
    ["sandbox --language=j", ["--language=ja"]],
    ["sandbox --port 3000 --lang", ["--language"]],
    ["sandbox --language ", ["en", "ja"]],
    ["sandbox --play ", [...SCENARIOS.map(({ name }) => name), ALL]],
    ["sandbox --play no", ["no-answer", "no-agent"]],
    ["sandbox --play a", ["abandoned", "all"]],
    ["transfer start --w", ["--wait"]],
    ["agents list --jso", ["--json"]],
    ["agents list --server http://127.0.0.1:9 --t", ["--timeout"]],
    ["agents add ", []],
    ["nowhere --x=", []],
    ["__", []],
  ])("%j: %j", (line, words) => expect(offered(line)).toEqual(words));

  it.each([
    ["start --log ", { kind: "file" }],
    ["agents link a", { kind: "agent", current: "a" }],
    ["transfer start --to ", { kind: "agent", current: "", prefix: "" }],
    ["transfer start --to=b", { kind: "agent", current: "b", prefix: "--to=" }],
    ["conferences show --server http://127.0.0.1:9 ", { kind: "conference", server: "http://127.0.0.1:9" }],
    ["conferences show --server=http://127.0.0.1:9 ", { kind: "conference", server: "http://127.0.0.1:9" }],
    ["participants hold ", { kind: "conference-or-participant" }],
    ["participants hold 5f3a9c ", { kind: "participant" }],
  ])("after %j, completion fetches %j", (line, request) => expect(offered(line)).toMatchObject(request));

  it("describes commands and options", () => {
    const found = completeWords(program, ["hist"]);
    expect(found).toMatchObject({
      words: [{ word: "history", description: expect.stringMatching(/\w/) as string }],
    });
  });

  it("lists every scenario", () => {
    expect(SCENARIO_NAMES).toEqual(SCENARIOS.map(({ name }) => name));
  });
});
