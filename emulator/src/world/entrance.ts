import type { ConferenceState, ParticipantState } from "../types.ts";

/** Why a participant may not enter, as Twilio's error. */
export interface Refusal {
  code: number;
  message: string;
}

const isBadLabel = (label: string): boolean =>
  label === "" || label.length > 128 || label.includes("/") || /^CA[0-9a-f]{32}$/.test(label);

/** A label names one participant at a time. Codes differ between TwiML and REST. */
function refusedLabel(
  conference: ConferenceState | undefined,
  label: string | null,
  viaApi: boolean,
): Refusal | null {
  if (label === null) return null;
  if (isBadLabel(label))
    return { code: viaApi ? 16024 : 16023, message: `Invalid participant label '${label.slice(0, 40)}'` };
  const taken = [...(conference?.participants.values() ?? [])].some((p) => p.label === label);
  return taken ? { code: viaApi ? 16026 : 16025, message: `Participant label '${label}' is taken` } : null;
}

/** @param coachedCallSid the coached participant, who must be present */
export function refusedEntrance(
  conference: ConferenceState | undefined,
  entering: Pick<ParticipantState, "label" | "viaApi" | "callSidToCoach">,
): Refusal | null {
  const refused = refusedLabel(conference, entering.label, entering.viaApi);
  if (refused) return refused;
  if (conference && conference.participants.size >= conference.maxParticipants)
    return { code: 16020, message: `The conference is full (${conference.maxParticipants})` };
  const coached = entering.callSidToCoach;
  if (coached !== null && !conference?.participants.has(coached))
    return { code: entering.viaApi ? 16028 : 13240, message: `${coached} is not in the conference` };
  return null;
}
