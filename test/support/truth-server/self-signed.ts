import {generateKeyPairSync, sign} from 'node:crypto'

/** What is wrong with the certificate besides that nobody knows who signed it. */
export type Certificate = 'valid' | 'expired' | 'wrong-name'

const OIDS = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
} as const

/** A key and a certificate for localhost and 127.0.0.1, made anew: none is kept anywhere. */
export function selfSigned(kind: Certificate): {cert: string; key: string} {
  const {publicKey, privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'})
  const names = kind === 'wrong-name' ? ['elsewhere.example'] : ['localhost']
  const [from, to] = kind === 'expired' ? ['200101000000Z', '210101000000Z'] : ['200101000000Z', '491231235959Z']
  const algorithm = der(0x30, oid('ecdsaWithSha256'))
  const name = der(0x30, der(0x31, der(0x30, oid('commonName'), der(0x0c, Buffer.from(names[0] ?? '')))))
  const address = kind === 'wrong-name' ? [] : [der(0x87, Buffer.from([127, 0, 0, 1]))]
  const alternatives = der(0x30, ...names.map((one) => der(0x82, Buffer.from(one))), ...address)
  const extensions = der(
    0x30,
    der(
      0x30,
      oid('basicConstraints'),
      der(0x01, Buffer.from([255])),
      der(0x04, der(0x30, der(0x01, Buffer.from([255])))),
    ),
    der(0x30, oid('subjectAltName'), der(0x04, alternatives)),
  )
  const content = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    der(0x30, der(0x17, Buffer.from(from)), der(0x17, Buffer.from(to))),
    name,
    publicKey.export({type: 'spki', format: 'der'}),
    der(0xa3, extensions),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', content, privateKey))
  const body = der(0x30, content, algorithm, signature).toString('base64').replace(/.{64}/g, '$&\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
  }
}

function oid(name: keyof typeof OIDS): Buffer {
  return der(0x06, Buffer.from(OIDS[name], 'hex'))
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const {length} = content
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content])
  const size = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
