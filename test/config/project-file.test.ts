import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { readProjectFile, updateProjectFile } from "../../src/config/project-file.ts";
import { projectJsonSchema } from "../../src/config/project-schema.ts";
import { AppError } from "../../src/errors.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

function folderWith(text: string): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "warm-transfer.json"), text);
  return cwd;
}

/** What is said of a file, without its name and the hint. */
async function mistakesIn(text: string): Promise<string[]> {
  const thrown: unknown = await readProjectFile(folderWith(text)).catch((error: unknown) => error);
  if (!(thrown instanceof AppError)) return [];
  expect(thrown.category).toBe("config");
  const [first = "", ...rest] = thrown.message.split("\n");
  return rest.length === 0 ? [first.replace("warm-transfer.json, ", "")] : rest.map((line) => line.trim());
}

const GOOD = {
  $schema: "./.warm-transfer/warm-transfer.schema.json",
  number: "+15550100000",
  agents: [{ id: "agent1", name: "Anna" }],
  language: "ja",
  tunnel: { kind: "ngrok", domain: "calls.example.com" },
};

describe("warm-transfer.json", () => {
  it("has no settings when it is missing", async () => {
    expect(await readProjectFile(temporaryFolder())).toEqual({});
  });

  it("is read, also with a byte order mark", async () => {
    expect(await readProjectFile(folderWith(`\uFEFF${JSON.stringify(GOOD)}`))).toEqual(GOOD);
  });

  it.each([
    ['{ "port": "3000" }', "line 1: port must be a whole number from 0 (any free port) to 65535."],
    [
      '{\n  "number": "0123"\n}',
      'line 2: number must be a phone number in E.164, in quotes, as in "+15550001111".',
    ],
    ['{\n\n"prot": 3000 }', "line 3: there is no setting prot; did you mean port?"],
    [
      '{ "agents": [] }',
      'line 1: agents must be a list of at least one agent: [{ "id": "agent1", "name": "Anna" }].',
    ],
    ['{ "agents": [\n{ "id": "a" }\n] }', "line 2: agents[0].name is missing."],
    [
      '{ "agents": [{ "id": "a", "name": "A" },\n{ "id": "a", "name": "B" }] }',
      "line 2: Two agents have the same id.",
    ],
    ['{ "agents": [{ "id": "a b", "name": "A" }] }', "line 1: agents[0].id must be 1 to 121 letters"],
    [
      '{ "agents": [{ "ide": "a", "id": "a", "name": "A" }] }',
      "there is no setting agents[0].ide; did you mean id?",
    ],
    ['{ "tunnel": { "kind": "ssh" } }', 'line 1: tunnel.kind must be "ngrok" or "cloudflared".'],
    [
      '{ "publicUrl": "https://a.example.com/x" }',
      "line 1: The public URL has a path, but the server uses fixed paths. Use the host only",
    ],
    ['{ "greeting": " " }', "line 1: greeting must be 1 to 4096 characters"],
    ['{ "port": 1,\n  "port": 2 }', "line 2: port appears twice."],
    ["[]", "line 1: the file must contain one object: { … }"],
    [
      '{ "TWILIO_AUTH_TOKEN": "x" }',
      "there is no setting TWILIO_AUTH_TOKEN; the settings here are number, publicUrl",
    ],
  ])("%s: %s", async (text, sentence) => {
    expect(await mistakesIn(text)).toEqual([expect.stringContaining(sentence)]);
  });

  it.each([
    ["", "line 1, column 1: the file ends, but a value is expected."],
    ['{ "port": 3000,\n}', "line 2, column 1: there is an extra comma before this."],
    ["{ 'port': 3000 }", "line 1, column 3: strings and keys need double quotes."],
    ['{\n  // the port\n  "port": 1 }', "line 2, column 3: JSON does not allow comments."],
    ['{ "port" 3000 }', "line 1, column 10: expected a colon."],
    ['{ "port": 3000\n  "language": "en" }', "line 2, column 3: expected a comma or }"],
    ['{ "port": 03 }', "line 1, column 11: expected a value."],
    ['{ "port": 3000 } x', "line 1, column 18: expected the end of the file."],
    ['{ "greeting": "Hello\n" }', "line 1, column 15: expected a string that ends on its line"],
    ['{ "port": 30', "line 1, column 13: the file ends, but a comma or } is expected."],
  ])("broken: %j", async (text, sentence) => {
    expect(await mistakesIn(text)).toEqual([expect.stringContaining(sentence)]);
  });

  it("reports all mistakes at once, from the top", async () => {
    const text = '{\n  "prot": 1,\n  "language": "de",\n  "port": -1,\n  "agents": [{ "id": 3 }]\n}';
    expect((await mistakesIn(text)).map((each) => each.split(":")[0])).toEqual([
      "line 2",
      "line 3",
      "line 4",
      "line 5",
      "line 5",
    ]);
  });

  it("keeps its other content when a setting changes", async () => {
    const cwd = folderWith(JSON.stringify(GOOD));
    expect(await updateProjectFile(cwd, { language: "en", tunnel: undefined })).toBe(true);
    const { tunnel: _, ...rest } = GOOD;
    expect(JSON.parse(readFileSync(join(cwd, "warm-transfer.json"), "utf8"))).toEqual({
      ...rest,
      language: "en",
    });
  });

  it("is not written when nothing changes", async () => {
    const cwd = folderWith(JSON.stringify(GOOD));
    const before = statSync(join(cwd, "warm-transfer.json")).ino;
    expect(await updateProjectFile(cwd, { number: GOOD.number })).toBe(false);
    expect(statSync(join(cwd, "warm-transfer.json")).ino).toBe(before);
  });

  it("is not changed to an invalid value", async () => {
    const cwd = folderWith(JSON.stringify(GOOD));
    await expect(updateProjectFile(cwd, { port: -1 })).rejects.toMatchObject({ category: "config" });
    expect(await readProjectFile(cwd)).toEqual(GOOD);
  });

  it("has a JSON Schema for editors that accepts the same files", () => {
    const check = new Ajv({ strict: false }).compile(projectJsonSchema());
    expect(check(GOOD)).toBe(true);
    for (const wrong of [
      { prot: 1 },
      { port: "1" },
      { agents: [] },
      { language: "de" },
      { greeting: "" },
      { tunnel: {} },
    ])
      expect(check(wrong)).toBe(false);
  });
});
