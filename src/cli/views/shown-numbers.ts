import { clean, maskAddress } from "../../mask.ts";
import type { Customer, LegView } from "../../server/control-api.ts";

interface WithLegs extends Customer {
  legs: LegView[];
}

/** Something with a customer's number as it may be shown: masked, unless numbers are wanted. */
export function shownNumber<Value extends Customer>(value: Value, numbers: boolean): Value {
  const { customerNumber } = value;
  return { ...value, customerNumber: numbers ? clean(customerNumber) : maskAddress(customerNumber) };
}

/** A leg as it may be shown: a customer's name is the number. */
export function shownLeg(leg: LegView, numbers: boolean): LegView {
  if (leg.kind === "agent") return leg;
  return { ...leg, name: numbers ? clean(leg.name) : maskAddress(leg.name) };
}

/** A call as it may be shown. */
export function shownCall<Call extends WithLegs>(call: Call, numbers: boolean): Call {
  const legs = call.legs.map((leg) => shownLeg(leg, numbers));
  return { ...shownNumber(call, numbers), legs };
}

const WITHHELD = "withheld number";

/** Who calls, in words; the number as it stands there. */
export const customerWords = ({ customerKind, customerNumber }: Customer): string =>
  customerKind === "withheld" ? WITHHELD : customerNumber;

/** The same, masked. */
export const maskedCustomer = (customer: Customer): string => customerWords(shownNumber(customer, false));

/** Who is at the other end of a leg, in words. */
export const legName = ({ kind, name }: LegView): string =>
  kind === "customer" && name === "" ? WITHHELD : name;
