import { invalidParameter, notFound } from "../errors.ts";
import { findCall } from "../find.ts";
import { type Parsed, type ParameterTable, defineOperation } from "../operation.ts";
import { httpMethod, oneOf, text } from "../parameters/parsers.ts";
import { url } from "../parameters/url.ts";
import { streamView } from "../views/stream-view.ts";

const MOST_PARAMETERS = 99;
const NUMBERS = Array.from({ length: MOST_PARAMETERS }, (_, i) => i + 1);

/** `Parameter1.Name`, `Parameter1.Value` and so on: they become the stream's `customParameters`. */
const custom: ParameterTable = Object.fromEntries(
  NUMBERS.flatMap((n) => [`Parameter${n}.Name`, `Parameter${n}.Value`]).map((name) => [name, text]),
);

function customParameters(sent: Readonly<Record<string, unknown>>): Record<string, string> {
  const pairs = NUMBERS.map((n) => [sent[`Parameter${n}.Name`], sent[`Parameter${n}.Value`]] as const);
  return Object.fromEntries(
    pairs.flatMap(([name, value]) =>
      typeof name === "string" ? [[name, typeof value === "string" ? value : ""]] : [],
    ),
  );
}

const known = {
  Url: text,
  Name: text,
  Track: oneOf("inbound_track", "outbound_track", "both_tracks"),
  StatusCallback: url({ orEmpty: true }),
  StatusCallbackMethod: httpMethod(),
};

/** www.twilio.com/docs/voice/api/stream-resource#create-a-stream */
export const createStream = defineOperation({
  name: "CreateStream",
  method: "POST",
  path: "/{AccountSid}/Calls/{CallSid}/Streams.json",
  parameters: { ...known, ...custom },
  run: (place) => {
    const { context } = place;
    const sent = place.parameters as Parsed<typeof known>;
    const call = findCall(place);
    if (!sent.Url) throw invalidParameter("Url", "given");
    const callback = sent.StatusCallback
      ? { url: sent.StatusCallback, method: sent.StatusCallbackMethod ?? "POST" }
      : null;
    const stream = context.engine.createStream(call, {
      url: sent.Url,
      name: sent.Name || null,
      track: sent.Track ?? "inbound_track",
      parameters: customParameters(place.parameters),
      callback,
    });
    return { status: 200, body: streamView(stream, context) };
  },
});

/** www.twilio.com/docs/voice/api/stream-resource#stop-a-stream, by SID or name */
export const updateStream = defineOperation({
  name: "UpdateStream",
  method: "POST",
  path: "/{AccountSid}/Calls/{CallSid}/Streams/{Sid}.json",
  parameters: { Status: oneOf("stopped") },
  run: (place) => {
    const { context, path, uri, parameters } = place;
    const call = findCall(place);
    if (!parameters.Status) throw invalidParameter("Status", "given");
    const stream = context.engine.stopStream(call, path.Sid ?? "");
    if (!stream) throw notFound(uri);
    return { status: 200, body: streamView(stream, context) };
  },
});
