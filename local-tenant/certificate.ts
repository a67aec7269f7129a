import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** PEM texts. */
export interface Certificate {
  cert: string
  key: string
}

/** A certificate of its own for the name, good for a year. Nothing trusts it until it is told to. */
export async function createCertificate(host: string): Promise<Certificate> {
  // Loaded only for tenants that speak https: it costs a tenth of a second.
  const { generate } = await import('selfsigned')
  // Every one needs a subject of its own: of two with the same, OpenSSL believes only the first.
  const subject = `local tenant ${randomBytes(8).toString('hex')}`
  const { cert, private: key } = await generate([{ name: 'commonName', value: subject }], {
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...[...new Set([host, 'localhost'])].map((value) => ({ type: 2 as const, value })),
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return { cert, key }
}

/** @throws when one of the files cannot be read */
export async function readCertificate(certFile: string, keyFile: string): Promise<Certificate> {
  const read = (file: string) =>
    readFile(file, 'utf8').catch((cause: unknown) => {
      throw new Error(`${file} cannot be read. Check the paths after --cert and --key.`, { cause })
    })
  return { cert: await read(certFile), key: await read(keyFile) }
}
