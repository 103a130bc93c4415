import { X509Certificate } from "node:crypto";

/** Our identity in DTLS: certificate and key as PEM, and the SHA-256 fingerprint for session descriptions. */
export interface Certificate {
  readonly pem: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** A fresh certificate; one does for all that an emulator offers, as a browser has one for all its connections. */
export async function createCertificate(): Promise<Certificate> {
  const { default: selfsigned } = await import("selfsigned");
  const pems = await selfsigned.generate([{ name: "commonName", value: "emulator" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
  });
  const { fingerprint256 } = new X509Certificate(pems.cert);
  return { pem: pems.cert, key: pems.private, fingerprint: fingerprint256 };
}
