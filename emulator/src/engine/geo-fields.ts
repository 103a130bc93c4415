/** Calling codes of one country each. `+1` is shared by several: the emulator takes it for the United States. */
const COUNTRIES: Readonly<Record<string, string>> = {
  1: "US",
  31: "NL",
  32: "BE",
  33: "FR",
  34: "ES",
  351: "PT",
  353: "IE",
  39: "IT",
  41: "CH",
  43: "AT",
  44: "GB",
  45: "DK",
  46: "SE",
  47: "NO",
  48: "PL",
  49: "DE",
  52: "MX",
  55: "BR",
  61: "AU",
  64: "NZ",
  65: "SG",
  81: "JP",
  91: "IN",
};

function countryOf(phoneNumber: string): string {
  const code = Object.keys(COUNTRIES).find((each) => phoneNumber.startsWith(`+${each}`));
  return code === undefined ? "" : (COUNTRIES[code] ?? "");
}

/** Whether a phone is there, known or withheld; not a browser, a SIP address or an application (`app:AP…`, to itself `AP…`). */
const isPhone = (address: string): boolean => address !== "" && !/^((client|sips?|app):|AP)/.test(address);

function sideOf(address: string, prefixes: readonly string[]): Record<string, string> {
  if (!isPhone(address)) return {};
  const place = { City: "", State: "", Zip: "", Country: countryOf(address) };
  return Object.fromEntries(
    prefixes.flatMap((prefix) => Object.entries(place).map(([name, value]) => [prefix + name, value])),
  );
}

/**
 * Where both sides of a call are: eight fields for each phone, empty when unknown, and none for a browser. Twilio looks a number
 * up; the emulator knows the country from the calling code, and nothing else.
 */
export function geoFields({ from, to }: { from: string; to: string }): Record<string, string> {
  return { ...sideOf(from, ["From", "Caller"]), ...sideOf(to, ["To", "Called"]) };
}
