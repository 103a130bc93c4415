type Params = Record<string, string | string[]>;

/** What Twilio signs, and in which form the official package accepts it. */
export interface SignatureVector {
  name: string;
  token: string;
  url: string;
  params: Params;
  signature: string;
  /** How an app may come to see it; what is not named is as it was signed. */
  seen: { as: string; accepted: boolean; url?: string; params?: Params; token?: string }[];
}

const FIELDS = {
  CallSid: "CA1234567890ABCDE",
  Caller: "+14158675310",
  Digits: "1234",
  From: "+14158675310",
  To: "+18005551212",
};

/** The first is printed at www.twilio.com/docs/usage/security; the others were computed with twilio 6.2.0. */
export const signatureVectors: SignatureVector[] = [
  {
    name: "docs vector",
    token: "12345",
    url: "https://example.com/myapp.php?foo=1&bar=2",
    params: FIELDS,
    signature: "L/OH5YylLD5NRKLltdqwSvS0BnU=",
    seen: [{ as: "docs vector", accepted: true }],
  },
  {
    name: "https: Twilio drops the port before signing, app sees port 8443",
    token: "12345",
    url: "https://example.com/voice",
    params: FIELDS,
    signature: "9g8YAAOQ5ES9VL71cDHaE9dwrzU=",
    seen: [
      {
        as: "https: Twilio drops the port before signing, app sees port 8443",
        accepted: true,
        url: "https://example.com:8443/voice",
      },
      { as: "proxy turned https into http", accepted: false, url: "http://example.com/voice" },
      { as: "trailing slash added", accepted: false, url: "https://example.com/voice/" },
      {
        as: "fragment (#rc=2) left in by the app",
        accepted: false,
        url: "https://example.com/voice#rc=2&rp=all",
      },
      {
        as: "extra parameter injected",
        accepted: false,
        params: {
          ...FIELDS,
          Evil: "1",
        },
      },
      {
        as: "parameter removed",
        accepted: false,
        params: {
          CallSid: "CA1234567890ABCDE",
          Caller: "+14158675310",
          From: "+14158675310",
          To: "+18005551212",
        },
      },
      { as: "wrong token", accepted: false, token: "secondary-not-promoted" },
    ],
  },
  {
    name: "http: Twilio keeps the port, app sees it",
    token: "12345",
    url: "http://example.com:8080/voice",
    params: FIELDS,
    signature: "5DrzIsrft0WqTrYQOvheMaBDLd4=",
    seen: [
      { as: "http: Twilio keeps the port, app sees it", accepted: true },
      {
        as: "http: Twilio keeps the port, app behind proxy lost it",
        accepted: false,
        url: "http://example.com/voice",
      },
    ],
  },
  {
    name: "unicode values",
    token: "12345",
    url: "https://example.com/voice",
    params: {
      ...FIELDS,
      CallerName: "山田 太郎",
      FromCity: "São Paulo",
    },
    signature: "KqjsLzzn1QZTW/cxeqTareeVaus=",
    seen: [{ as: "unicode values", accepted: true }],
  },
  {
    name: "duplicate parameter as array",
    token: "12345",
    url: "https://example.com/voice",
    params: { To: ["b", "a", "a"] },
    signature: "P8N/F0mbsdxBx+OYaujvlRDoxaM=",
    seen: [{ as: "duplicate parameter as array", accepted: true, params: { To: ["a", "b"] } }],
  },
];
