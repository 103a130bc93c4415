import type { Description } from "./description.ts";

/** As much of a JSON schema as the patches touch. */
export interface Schema {
  type?: string | string[];
  format?: string;
  enum?: (string | null)[];
  nullable?: boolean;
  pattern?: string;
  minLength?: number;
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  additionalProperties?: boolean;
}

/** Twilio's own published examples have "" where these are not set. */
const MAY_BE_EMPTY = [
  "address_sid",
  "identity_sid",
  "sms_application_sid",
  "sms_fallback_url",
  "sms_url",
  "status_callback",
  "trunk_sid",
  "voice_application_sid",
  "voice_fallback_url",
  "voice_url",
  "emergency_address_sid",
  "bundle_sid",
];

function allowEmpty(schema: Schema): void {
  if (schema.pattern) schema.pattern = `^$|${schema.pattern}`;
  delete schema.minLength;
  delete schema.format;
}

function makeNullable(schema: Schema | undefined): void {
  if (!schema?.enum) throw new Error("A patch does not fit Twilio's description any more.");
  schema.nullable = true;
}

/** Values of a page's links are relative, though described as absolute. */
function patchPaging({ paths }: Description): void {
  for (const { get } of Object.values(paths)) {
    const page = get?.responses["200"]?.content?.["application/json"]?.schema.properties ?? {};
    for (const property of Object.values(page))
      if (property.format === "uri") property.format = "uri-reference";
  }
}

/** `WaitUrl=''` is silence; `VoiceUrl=''`, `VoiceApplicationSid=''` and `TrunkSid=''` clear. */
function patchRequests({ paths }: Description): void {
  for (const { post } of Object.values(paths)) {
    const form = post?.requestBody?.content["application/x-www-form-urlencoded"]?.schema.properties ?? {};
    for (const [name, schema] of Object.entries(form))
      if (schema.format === "uri" || /^(TrunkSid|\w*ApplicationSid)$/.test(name)) allowEmpty(schema);
  }
}

/** Places where the description contradicts Twilio's prose or its own published examples. */
export function applyPatches(description: Description): void {
  const { schemas } = description.components;
  // "When a conference is in progress, will be `null`."
  makeNullable(schemas.conference_enum_reason_conference_ended);
  makeNullable(schemas.incoming_phone_number_enum_emergency_address_status);
  const number = schemas["api.v2010.account.incoming_phone_number"]?.properties ?? {};
  for (const name of MAY_BE_EMPTY) if (number[name]) allowEmpty(number[name]);
  // Newer descriptions have it.
  number.type ??= { type: "string", nullable: true };
  // A text in Twilio's own published examples.
  const recording = schemas["api.v2010.account.call.call_recording"]?.properties ?? {};
  recording.price = { type: ["number", "string", "null"] };
  // Real answers of ended calls have "" (emulator/test/golden/rest.json).
  const call = schemas["api.v2010.account.call"]?.properties ?? {};
  if (call.trunk_sid) allowEmpty(call.trunk_sid);
  patchPaging(description);
  patchRequests(description);
}
