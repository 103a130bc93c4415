import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { X509Certificate, randomBytes } from "node:crypto";
import { join } from "node:path";

/** A certificate and its key, as PEM. */
interface Pair {
  cert: string;
  key: string;
}

/** Signs certificates for Twilio's names. A client that trusts it accepts this emulator as Twilio: keep its key private. */
export interface Authority {
  /** The file of its certificate, for `NODE_EXTRA_CA_CERTS` and the like. */
  readonly file: string;
  /** Issues a certificate for a year. */
  issue(names: readonly string[]): Promise<Pair>;
}

const EC = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;
const [YEAR, TEN_YEARS] = [365, 3_652].map((days) => days * 86_400_000) as [number, number];
/** The emulator replaces an authority this long before it expires. */
const A_MONTH = 30 * 86_400_000;

const DNS = 2;
const IP = 7;
const altNameOf = (name: string) =>
  /^[\d.]+$|:/.test(name) ? { type: IP as 7, ip: name } : { type: DNS as 2, value: name };

const until = (ms: number): Date => new Date(Date.now() + ms);

async function makeAuthority(): Promise<Pair> {
  const { default: selfsigned } = await import("selfsigned");
  const name = `Local Twilio ${randomBytes(3).toString("hex")}`;
  const { cert, private: key } = await selfsigned.generate([{ name: "commonName", value: name }], {
    ...EC,
    notAfterDate: until(TEN_YEARS),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { cert, key };
}

async function issue(ca: Pair, names: readonly string[]): Promise<Pair> {
  const { default: selfsigned } = await import("selfsigned");
  const [value = ""] = names;
  const { cert, private: key } = await selfsigned.generate([{ name: "commonName", value }], {
    ...EC,
    ca,
    notAfterDate: until(YEAR),
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: names.map(altNameOf) },
    ],
  });
  return { cert, key };
}

const isMissing = (thrown: unknown): boolean => (thrown as NodeJS.ErrnoException).code === "ENOENT";

/** @returns undefined when there is none, or it expires within a month */
async function readAuthority(files: Pair): Promise<Pair | undefined> {
  try {
    const [cert, key] = await Promise.all([readFile(files.cert, "utf8"), readFile(files.key, "utf8")]);
    return Date.parse(new X509Certificate(cert).validTo) > Date.now() + A_MONTH ? { cert, key } : undefined;
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}

async function writeAuthority(folder: string, files: Pair, { cert, key }: Pair): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(files.key, key, { mode: 0o600 });
  await chmod(files.key, 0o600);
  await writeFile(files.cert, cert, { mode: 0o600 });
}

/** Opens the authority of a folder; the first start creates it, so that an app trusts it only once. @throws Error of the file system */
export async function openAuthority(folder: string): Promise<Authority> {
  const files = { cert: join(folder, "authority.pem"), key: join(folder, "authority-key.pem") };
  const known = await readAuthority(files);
  const ca = known ?? (await makeAuthority());
  if (!known) await writeAuthority(folder, files, ca);
  return { file: files.cert, issue: (names) => issue(ca, names) };
}
