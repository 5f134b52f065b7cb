import { generate } from 'selfsigned'

/** A key and its certificate, in PEM. */
export interface KeyPair {
  readonly key: string
  readonly cert: string
}

/** A certificate authority made for one test run, which nothing trusts by default. */
export async function createAuthority(): Promise<KeyPair> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Test authority' }], {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  return { key, cert }
}

/** A certificate of that authority, for a server on loopback or for a client. */
export async function createCertificate(authority: KeyPair, commonName: string): Promise<KeyPair> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: commonName }], {
    ca: authority,
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return { key, cert }
}
