import { AppError } from "../../errors.ts";
import type { CallSummary, LegView } from "../../server/control-api.ts";
import type { Context } from "../context.ts";
import { legState } from "../views/call-words.ts";
import { legName, shownLeg } from "../views/shown-numbers.ts";
import { chooseOne } from "./choose-one.ts";
import type { Control } from "./control.ts";
import { isSid } from "./find-call.ts";
import { type WantedCall, pickCall } from "./pick-call.ts";

export interface PickedLeg {
  call: CallSummary;
  leg: LegView;
}

/** Legs by label, or by the agent's id. */
function legsNamed({ legs }: Pick<CallSummary, "legs">, word: string): LegView[] {
  const labelled = legs.filter(({ label }) => label === word);
  return labelled.length > 0 ? labelled : legs.filter(({ agent }) => agent === word);
}

function lineOf(leg: LegView): string {
  return [leg.label, legName(shownLeg(leg, false)), legState(leg)].join("  ");
}

/** Parses `[CONFERENCE] [PARTICIPANT]`: one word alone is a participant, unless it is a whole SID. */
function splitWords(words: readonly string[]): { call: string | undefined; leg: string | undefined } {
  const [first, second] = words;
  if (second !== undefined || (first !== undefined && isSid(first))) return { call: first, leg: second };
  return { call: undefined, leg: first };
}

async function pickIn(call: CallSummary, word: string | undefined, context: Context): Promise<LegView> {
  const candidates = word === undefined ? call.legs : legsNamed(call, word);
  const [named] = candidates;
  if (word !== undefined && named && candidates.length === 1) return named;
  if (candidates.length === 0)
    throw new AppError(
      "not-found",
      word === undefined ? "Nobody is in this call." : `There is no "${word}" in this call.`,
      {
        hint: `Its legs: ${call.legs.map(({ label }) => label).join(", ") || "none"}.`,
      },
    );
  return chooseOne(candidates, { one: "participant", many: "participants", lineOf }, context);
}

/**
 * Finds a leg in the named call, or in the only call that has such a leg.
 * @param words at most a conference and a participant
 * @throws AppError not-found if none matches; usage if several do and there is no terminal
 */
export async function pickLeg(
  control: Control,
  words: readonly string[],
  context: Context,
): Promise<PickedLeg> {
  const { call: callWord, leg: word } = splitWords(words);
  if (word === undefined && !context.input.isInteractive)
    throw new AppError("usage", "No leg was named.", {
      hint: "Pass a label, an agent's id, or customer. To see them, run warm-transfer participants list",
    });
  const wanted: WantedCall = {
    word: callWord,
    fits: (call) => word === undefined || legsNamed(call, word).length > 0,
    noMatch: `There is no "${word}" in any live call.`,
  };
  const call = await pickCall(control, wanted, context);
  return { call, leg: await pickIn(call, word, context) };
}
