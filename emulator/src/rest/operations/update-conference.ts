import { findConference } from "../find.ts";
import { defineOperation } from "../operation.ts";
import { httpMethod, oneOf } from "../parameters/parsers.ts";
import { hookOf, url } from "../parameters/url.ts";
import { conferenceView } from "../views/conference-view.ts";

const parameters = { Status: oneOf("completed"), AnnounceUrl: url(), AnnounceMethod: httpMethod() };

/** www.twilio.com/docs/voice/api/conference-resource#update-a-conference-resource */
export const updateConference = defineOperation({
  name: "UpdateConference",
  method: "POST",
  path: "/{AccountSid}/Conferences/{Sid}.json",
  parameters,
  run: (place) => {
    const conference = findConference(place);
    const { Status, AnnounceUrl, AnnounceMethod } = place.parameters;
    const announce = hookOf(AnnounceUrl, AnnounceMethod, "POST");
    place.context.engine.updateConference(conference, {
      ...(Status === "completed" && { end: true }),
      ...(announce && { announce }),
    });
    return { status: 200, body: conferenceView(conference, place.context) };
  },
});
