import { maskNumber } from "../../mask.ts";
import type { PartyView } from "../../server/control-api.ts";

interface WithNumber {
  customerNumber: string;
}

interface WithParties extends WithNumber {
  parties: PartyView[];
}

/** Something with a customer's number as it may be shown: masked, unless numbers are wanted. */
export function shownNumber<Value extends WithNumber>(value: Value, numbers: boolean): Value {
  return numbers ? value : { ...value, customerNumber: maskNumber(value.customerNumber) };
}

/** A participant as it may be shown: a customer's name is the number. */
export function shownParty(party: PartyView, numbers: boolean): PartyView {
  return numbers || party.kind === "agent" ? party : { ...party, name: maskNumber(party.name) };
}

/** A call as it may be shown. */
export function shownCall<Call extends WithParties>(call: Call, numbers: boolean): Call {
  const parties = call.parties.map((party) => shownParty(party, numbers));
  return { ...shownNumber(call, numbers), parties };
}
