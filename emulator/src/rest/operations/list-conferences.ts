import { type Parsed, type RestContext, defineOperation } from "../operation.ts";
import { pageOf, pageParameters } from "../page.ts";
import { isWithin, moment } from "../parameters/dates.ts";
import { oneOf, text } from "../parameters/parsers.ts";
import type { ConferenceState } from "../../types.ts";
import { conferenceView, shownStatus } from "../views/conference-view.ts";

const filters = {
  FriendlyName: text,
  Status: oneOf("init", "in-progress", "completed"),
  DateCreated: moment,
  "DateCreated<": moment,
  "DateCreated>": moment,
  DateUpdated: moment,
  "DateUpdated<": moment,
  "DateUpdated>": moment,
};

function isWanted(
  conference: ConferenceState,
  wanted: Parsed<typeof filters>,
  context: RestContext,
): boolean {
  const { FriendlyName, Status } = wanted;
  const created = { on: wanted.DateCreated, before: wanted["DateCreated<"], after: wanted["DateCreated>"] };
  const updated = { on: wanted.DateUpdated, before: wanted["DateUpdated<"], after: wanted["DateUpdated>"] };
  return (
    (FriendlyName === undefined || conference.friendlyName === FriendlyName) &&
    (Status === undefined || shownStatus(conference, context) === Status) &&
    isWithin(conference.dateCreated, created) &&
    isWithin(conference.dateUpdated, updated)
  );
}

/** Newest first. */
export const listConferences = defineOperation({
  name: "ListConference",
  method: "GET",
  path: "/{AccountSid}/Conferences.json",
  parameters: { ...pageParameters, ...filters },
  run: ({ context, parameters, fields, uri }) =>
    pageOf({
      key: "conferences",
      all: context.listed.conferences(),
      wanted: (conference) => isWanted(conference, parameters, context),
      sidOf: (conference) => conference.sid,
      show: (conference) => conferenceView(conference, context),
      parameters,
      fields,
      uri,
    }),
});
