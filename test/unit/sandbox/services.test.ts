import {expect, test} from 'vitest'
import {SERVICES} from '../../../src/lib/sandbox/services.js'

interface Client {
  readonly config: {
    readonly protocol: {getShapeId(): string}
    readonly serviceId: string
    readonly defaultSigningName?: string
  }
  destroy(): void
}

const SHAPES: Readonly<Record<string, string>> = {
  'aws.protocols#restJson1': 'restJson1',
  'aws.protocols#restXml': 'restXml',
  'aws.protocols#awsJson1_0': 'awsJson1_0',
  'aws.protocols#awsJson1_1': 'awsJson1_1',
  'aws.protocols#awsQuery': 'awsQuery',
  'aws.protocols#ec2Query': 'ec2Query',
}

test.each(SERVICES.filter(({id}) => id !== 'ec2'))(
  '$id speaks what its client speaks',
  async ({client, protocols, signing}) => {
    const exports = await client()
    const name = Object.keys(exports).find((key) => /^[A-Z].*Client$/.test(key)) ?? ''
    const Constructor = exports[name] as new (options: object) => Client
    const opened = new Constructor({region: 'us-east-1'})
    opened.destroy()

    expect(SHAPES[opened.config.protocol.getShapeId()]).toBe(protocols[0]?.replace('Wrapped', ''))
    expect(opened.config.defaultSigningName ?? signing).toBe(signing)
  },
)

test('every service has an id of its own', () => {
  expect(new Set(SERVICES.map(({id}) => id)).size).toBe(SERVICES.length)
})
