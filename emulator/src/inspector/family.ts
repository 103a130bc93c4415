import type { Snapshot } from "./snapshot.ts";

/** Calls that belong together, with their conferences, by SID. */
export interface Family {
  /** The oldest first. */
  readonly calls: readonly string[];
  readonly conferences: readonly string[];
}

const CALL_SIDS = /CA[0-9a-f]{32}/g;

/**
 * Pairs of SIDs that belong together: parent and child, both ends of a call to an application, participant and conference, queued call and who took it, and calls that
 * an app's address names.
 */
function* linksOf({ calls, conferences, timeline, deliveries }: Snapshot): Generator<[string, string]> {
  for (const { sid, parentCallSid, counterpart, voice, statusCallback } of calls) {
    if (parentCallSid !== null) yield [sid, parentCallSid];
    if (counterpart !== null) yield [sid, counterpart];
    const addresses = `${voice?.url ?? ""} ${statusCallback?.url ?? ""}`;
    for (const [named] of addresses.matchAll(CALL_SIDS)) yield [sid, named];
  }
  for (const { sid, participants } of conferences)
    for (const { callSid } of participants) yield [callSid, sid];
  for (const entry of timeline) {
    if (entry.kind !== "event" || entry.event.kind !== "conference") continue;
    if (entry.event.callSid !== null) yield [entry.event.callSid, entry.event.conferenceSid];
  }
  for (const { callSid, conferenceSid, params } of deliveries)
    for (const other of [conferenceSid, params.DialCallSid, params.DequeingCallSid])
      if (callSid !== null && other) yield [callSid, other];
}

/** Groups of the linked ones. Each name leads to its group. */
function groupsOf(names: readonly string[], links: Iterable<[string, string]>): Map<string, Set<string>> {
  const groups = new Map(names.map((name) => [name, new Set([name])]));
  for (const [one, other] of links) {
    const [first, second] = [groups.get(one), groups.get(other)];
    if (!first || !second || first === second) continue;
    const [larger, smaller] = first.size < second.size ? [second, first] : [first, second];
    for (const name of smaller) {
      larger.add(name);
      groups.set(name, larger);
    }
  }
  return groups;
}

/** Every call in exactly one family, the newest family first. */
export function familiesOf(shown: Snapshot): Family[] {
  const calls = shown.calls.map(({ sid }) => sid);
  const conferences = shown.conferences.map(({ sid }) => sid);
  const groups = groupsOf([...calls, ...conferences], linksOf(shown));
  const distinct = new Set(calls.flatMap((sid) => groups.get(sid) ?? []));
  const families = [...distinct].map((group) => ({
    calls: calls.filter((sid) => group.has(sid)),
    conferences: conferences.filter((sid) => group.has(sid)),
  }));
  return families.toReversed();
}

interface About {
  callSid: string | null;
  conferenceSid: string | null;
}

/** What the inspector knows of one family. A request belongs to it that names one of its SIDs. */
export function narrowed(shown: Snapshot, { calls, conferences }: Family): Snapshot {
  const sids = new Set([...calls, ...conferences]);
  const isOurs = ({ callSid, conferenceSid }: About): boolean =>
    sids.has(callSid ?? "") || sids.has(conferenceSid ?? "");
  const deliveries = shown.deliveries.filter(isOurs);
  const requests = shown.requests.filter((request) => {
    if (isOurs(request)) return true;
    const text = request.path + JSON.stringify(request.parameters);
    return [...sids].some((sid) => text.includes(sid));
  });
  const ids = { webhook: idsOf(deliveries), request: idsOf(requests) };
  const timeline = shown.timeline.filter((entry) => {
    if (entry.kind === "event") return isOurs({ conferenceSid: null, ...entry.event });
    return ids[entry.kind.startsWith("webhook") ? "webhook" : "request"].has(entry.id);
  });
  return {
    ...shown,
    calls: shown.calls.filter(({ sid }) => sids.has(sid)),
    conferences: shown.conferences.filter(({ sid }) => sids.has(sid)),
    queues: shown.queues.filter(({ members }) => members.some(({ callSid }) => sids.has(callSid))),
    deliveries,
    requests,
    timeline,
    warnings: shown.warnings.filter(({ callSid }) => callSid !== null && sids.has(callSid)),
  };
}

const idsOf = (list: readonly { id: number }[]): Set<number> => new Set(list.map(({ id }) => id));
