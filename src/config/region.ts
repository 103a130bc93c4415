import type { Mistake } from "./mistakes.ts";

/** The nearest edge of each region (www.twilio.com/docs/global-infrastructure/edge-locations). */
const EDGES: Readonly<Record<string, string>> = {
  us1: "ashburn",
  ie1: "dublin",
  au1: "sydney",
  jp1: "tokyo",
  sg1: "singapore",
  de1: "frankfurt",
  br1: "sao-paulo",
};

/** Where Twilio processes calls, such as `ie1`, and where requests enter its network, such as `dublin`. Null: us1. */
export interface RegionAndEdge {
  region: string | null;
  edge: string | null;
}

/** A region needs an edge; a known one has its own. */
export const withEdge = ({ region, edge }: RegionAndEdge): RegionAndEdge => ({
  region,
  edge: edge ?? (region === null ? null : (EDGES[region] ?? null)),
});

/** Checks only the form: an unknown region has no host name. */
export function regionMistake(
  { region, edge }: RegionAndEdge,
  { isLocalTwilio }: { isLocalTwilio: boolean },
): Mistake | undefined {
  if (region === null && edge === null) return undefined;
  if (isLocalTwilio)
    return {
      message: "TWILIO_REGION and TWILIO_EDGE have no meaning for a local Twilio, which has no regions.",
      hint: "Unset them, or unset TWILIO_API_BASE_URL to use Twilio itself.",
    };
  if (region !== null && !/^[a-z]{2}\d$/.test(region))
    return { message: "TWILIO_REGION is malformed.", hint: "Set a region such as ie1 or au1, or unset it." };
  if (edge !== null && !/^[a-z]+(-[a-z]+)*$/.test(edge))
    return {
      message: "TWILIO_EDGE is malformed.",
      hint: "Set an edge such as dublin or sydney, or unset it.",
    };
  if (region !== null && edge === null)
    return { message: `TWILIO_REGION ${region} needs TWILIO_EDGE.`, hint: "Set the edge of that region." };
  return undefined;
}
