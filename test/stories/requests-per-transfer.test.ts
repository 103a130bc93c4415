import { expect, it } from "vitest";
import type { TransferView } from "../../src/server/control-api.ts";
import { talkingWithGate } from "../support/world/rest-faults.ts";

/** The requests that change something at Twilio, without their SIDs: `create Calls`, `update Participants hold`. */
function changesIn(seen: readonly { name: string; form: URLSearchParams }[]): string[] {
  const fields = ["Hold", "EndConferenceOnExit", "Status"];
  return seen.flatMap(({ name, form }) => {
    const [, resource, sid] = /^POST .*\/(Calls|Conferences|Participants)(\/[^/]+)?\.json$/.exec(name) ?? [];
    if (resource === undefined) return [];
    if (sid === undefined) return [`create ${resource}`];
    const changed = fields.filter((field) => form.has(field)).map((field) => `${field}=${form.get(field)}`);
    return [`update ${resource} ${changed.join(" ")}`];
  });
}

type Scene = Awaited<ReturnType<typeof talkingWithGate>>;

/** From *Transfer* until the customer talks to agent2 alone. */
async function changesOf(
  mode: TransferView["mode"],
  handOver: (scene: Scene, transfer: string) => Promise<unknown>,
): Promise<string[]> {
  const scene = await talkingWithGate();
  const { world, agent2, rest } = scene;
  const [call] = await world.server.calls();
  const before = rest.seen.length;
  const path = `/api/calls/${call?.id}/transfer`;
  await world.operator(path, { to: "agent2", mode });
  await world.settle();
  await agent2.answers();
  await handOver(scene, path);
  await world.settle();
  expect(world.events()).toContain("transfer-completed agent2");
  expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
  return changesIn(rest.seen.slice(before));
}

const complete = ({ world }: Scene, path: string): Promise<unknown> => world.operator(`${path}/complete`, {});

it.each<[TransferView["mode"], string, typeof complete, string[]]>([
  [
    "three-way",
    "which agent1 leaves",
    ({ agent1 }) => agent1.hangsUp(),
    ["create Calls", "update Participants EndConferenceOnExit=true"],
  ],
  [
    "three-way",
    "which is completed",
    complete,
    ["create Calls", "update Calls Status=completed", "update Participants EndConferenceOnExit=true"],
  ],
  [
    "consult",
    "which is completed",
    complete,
    [
      "update Participants Hold=true",
      "create Calls",
      "update Participants Hold=false",
      "update Calls Status=completed",
      "update Participants EndConferenceOnExit=true",
    ],
  ],
  [
    "blind",
    "which agent2 answers",
    async () => {},
    [
      "update Participants Hold=true",
      "update Calls Status=completed",
      "create Calls",
      "update Participants Hold=false",
    ],
  ],
])("a transfer %s, %s, changes no more at Twilio than it must", async (mode, _how, handOver, expected) => {
  const changes = await changesOf(mode, handOver);
  expect(changes.toSorted()).toEqual(expected.toSorted());
});
