import { findConference } from "../find.ts";
import { defineOperation } from "../operation.ts";
import { conferenceView } from "../views/conference-view.ts";

export const fetchConference = defineOperation({
  name: "FetchConference",
  method: "GET",
  path: "/{AccountSid}/Conferences/{Sid}.json",
  parameters: {},
  run: (place) => ({ status: 200, body: conferenceView(findConference(place), place.context) }),
});
