import type { CallRecord } from "../../call/types.ts";
import { maskAddress } from "../../mask.ts";
import { customerKindOf } from "../../twilio/parties.ts";
import type { CallView, Customer } from "../control-api.ts";

/** The number is empty if it is withheld, or if the record has no customer's leg yet. */
export function customerView(call: CallRecord): Customer {
  const numbers = call.legs.map(({ party }) => (party.kind === "customer" ? party.number : ""));
  const customerNumber = numbers.join("");
  const customerKind = customerKindOf(customerNumber);
  return { customerKind, customerNumber: customerKind === "withheld" ? "" : customerNumber };
}

/** Agents see numbers, which they may have to call back. Other addresses name people, so they are masked. */
export function customerForAgent({ customerKind, customerNumber }: Customer): Customer {
  const isMasked = customerKind === "address";
  return { customerKind, customerNumber: isMasked ? maskAddress(customerNumber) : customerNumber };
}

export function callForAgent(view: CallView): CallView {
  if (view.customerKind !== "address") return view;
  const { customerNumber } = customerForAgent(view);
  const legs = view.legs.map((leg) => (leg.kind === "customer" ? { ...leg, name: customerNumber } : leg));
  return { ...view, customerNumber, legs };
}
