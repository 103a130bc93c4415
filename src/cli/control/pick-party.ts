import { AppError } from "../../errors.ts";
import type { CallSummary, PartyView } from "../../server/control-api.ts";
import type { Context } from "../context.ts";
import { partyState } from "../views/call-words.ts";
import { shownParty } from "../views/shown-numbers.ts";
import { chooseOne } from "./choose-one.ts";
import type { Control } from "./control.ts";
import { isSid } from "./find-call.ts";
import { pickCall } from "./pick-call.ts";

/** A participant and its call. */
export interface PickedParty {
  call: CallSummary;
  party: PartyView;
}

/** The participants that a word may mean: by label, or by the agent's id. */
function partiesNamed({ parties }: Pick<CallSummary, "parties">, word: string): PartyView[] {
  const labelled = parties.filter(({ label }) => label === word);
  return labelled.length > 0 ? labelled : parties.filter(({ agent }) => agent === word);
}

function lineOf(party: PartyView): string {
  const { label, name } = shownParty(party, false);
  return [label, name, partyState(party)].join("  ");
}

/** `[CONFERENCE] [PARTICIPANT]`: a word alone is a participant, unless it is a whole SID. */
function understand(words: readonly string[]): { call: string | undefined; party: string | undefined } {
  const [first, second] = words;
  if (second !== undefined || (first !== undefined && isSid(first))) return { call: first, party: second };
  return { call: undefined, party: first };
}

async function pickIn(call: CallSummary, word: string | undefined, context: Context): Promise<PartyView> {
  const candidates = word === undefined ? call.parties : partiesNamed(call, word);
  const [named] = candidates;
  if (word !== undefined && named && candidates.length === 1) return named;
  if (candidates.length === 0)
    throw new AppError(
      "not-found",
      word === undefined ? "Nobody is in this call." : `There is no "${word}" in this call.`,
      {
        hint: `Who is in it: ${call.parties.map(({ label }) => label).join(", ") || "nobody"}.`,
      },
    );
  return chooseOne(candidates, { one: "participant", many: "participants", lineOf }, context);
}

/**
 * The participant that is meant, in the call that is named, else in the only one that has such a participant.
 * @param words what was typed: at most a conference and a participant
 * @throws AppError usage when several may be meant and nobody can be asked, not-found when there is none
 */
export async function pickParty(
  control: Control,
  words: readonly string[],
  context: Context,
): Promise<PickedParty> {
  const { call: callWord, party: word } = understand(words);
  if (word === undefined && !context.input.isInteractive)
    throw new AppError("usage", "Say which participant.", {
      hint: "A label, an agent's id, or customer; warm-transfer participants list shows them.",
    });
  const wanted = {
    word: callWord,
    fits: (call: CallSummary) => word === undefined || partiesNamed(call, word).length > 0,
    none: `There is no "${word}" in any live call.`,
  };
  const call = await pickCall(control, wanted, context);
  return { call, party: await pickIn(call, word, context) };
}
