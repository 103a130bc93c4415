import { defineOperation } from "../operation.ts";
import { pageOf, pageParameters } from "../page.ts";
import { boolean, text } from "../parameters/parsers.ts";
import { numberView } from "../views/number-view.ts";

/** Part of a number, with `*` for any digit. */
function matches(pattern: string, phoneNumber: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "\\d");
  return new RegExp(escaped).test(phoneNumber);
}

export const listNumbers = defineOperation({
  name: "ListIncomingPhoneNumber",
  method: "GET",
  path: "/{AccountSid}/IncomingPhoneNumbers.json",
  parameters: { ...pageParameters, PhoneNumber: text, FriendlyName: text, Beta: boolean, Origin: text },
  run: ({ context, parameters, fields, uri }) => {
    const { PhoneNumber = "", FriendlyName, Beta, Origin } = parameters;
    const { world } = context.engine;
    return pageOf({
      key: "incoming_phone_numbers",
      all: [...world.numbers.values()].reverse(),
      wanted: (number) =>
        matches(PhoneNumber, number.phoneNumber) &&
        (FriendlyName === undefined || number.friendlyName === FriendlyName) &&
        Beta !== true &&
        (Origin === undefined || Origin === "twilio"),
      sidOf: (number) => number.sid,
      show: (number) => numberView(number, world),
      parameters,
      fields,
      uri,
    });
  },
});
