import { newApplication } from "../../world/applications.ts";
import { findApplication } from "../find.ts";
import { defineOperation } from "../operation.ts";
import { pageOf, pageParameters } from "../page.ts";
import {
  applicationChange,
  applicationParameters,
  unsupportedOfApplications,
} from "../parameters/address-change.ts";
import { text } from "../parameters/parsers.ts";
import { applicationView } from "../views/application-view.ts";

const ALL = "/{AccountSid}/Applications.json";
const ONE = "/{AccountSid}/Applications/{Sid}.json";

const createApplication = defineOperation({
  name: "CreateApplication",
  method: "POST",
  path: ALL,
  parameters: applicationParameters,
  unsupported: unsupportedOfApplications,
  run: ({ context: { engine, clock }, parameters }) => {
    const application = newApplication({}, clock.now());
    Object.assign(application, applicationChange(parameters));
    engine.world.applications.set(application.sid, application);
    return { status: 201, body: applicationView(application, engine.world) };
  },
});

const listApplications = defineOperation({
  name: "ListApplication",
  method: "GET",
  path: ALL,
  parameters: { ...pageParameters, FriendlyName: text },
  run: ({ context, parameters, fields, uri }) => {
    const { world } = context.engine;
    return pageOf({
      key: "applications",
      all: [...world.applications.values()].reverse(),
      wanted: ({ friendlyName }) => [undefined, friendlyName].includes(parameters.FriendlyName),
      sidOf: ({ sid }) => sid,
      show: (application) => applicationView(application, world),
      parameters,
      fields,
      uri,
    });
  },
});

const fetchApplication = defineOperation({
  name: "FetchApplication",
  method: "GET",
  path: ONE,
  parameters: {},
  run: (place) => ({
    status: 200,
    body: applicationView(findApplication(place), place.context.engine.world),
  }),
});

const updateApplication = defineOperation({
  name: "UpdateApplication",
  method: "POST",
  path: ONE,
  parameters: applicationParameters,
  unsupported: unsupportedOfApplications,
  run: (place) => {
    const { engine, clock } = place.context;
    const application = findApplication(place);
    Object.assign(application, applicationChange(place.parameters), { dateUpdated: clock.now() });
    return { status: 200, body: applicationView(application, engine.world) };
  },
});

const deleteApplication = defineOperation({
  name: "DeleteApplication",
  method: "DELETE",
  path: ONE,
  parameters: {},
  run: (place) => {
    place.context.engine.world.applications.delete(findApplication(place).sid);
    return { status: 204, body: null };
  },
});

/** www.twilio.com/docs/usage/api/applications */
export const applicationOperations = [
  createApplication,
  listApplications,
  fetchApplication,
  updateApplication,
  deleteApplication,
];
