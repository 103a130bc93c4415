import { clean, maskAddress } from "../../mask.ts";
import type { Customer, LegView } from "../../server/control-api.ts";

interface WithLegs extends Customer {
  legs: LegView[];
}

/** Masks the customer's number unless `numbers`. */
export function shownNumber<Value extends Customer>(value: Value, numbers: boolean): Value {
  const { customerNumber } = value;
  return { ...value, customerNumber: numbers ? clean(customerNumber) : maskAddress(customerNumber) };
}

/** Masks the name of a customer's leg, which is the number, unless `numbers`. */
export function shownLeg(leg: LegView, numbers: boolean): LegView {
  if (leg.kind !== "customer") return leg;
  return { ...leg, name: numbers ? clean(leg.name) : maskAddress(leg.name) };
}

/** Masks the customer's number everywhere in a call unless `numbers`. */
export function shownCall<Call extends WithLegs>(call: Call, numbers: boolean): Call {
  const legs = call.legs.map((leg) => shownLeg(leg, numbers));
  return { ...shownNumber(call, numbers), legs };
}

const WITHHELD = "withheld number";

/** The number unchanged, or words for a withheld one. */
export const customerWords = ({ customerKind, customerNumber }: Customer): string =>
  customerKind === "withheld" ? WITHHELD : customerNumber;

/** The same, masked. */
export const maskedCustomer = (customer: Customer): string => customerWords(shownNumber(customer, false));

export const legName = ({ kind, name }: LegView): string =>
  kind === "customer" && name === "" ? WITHHELD : name;
