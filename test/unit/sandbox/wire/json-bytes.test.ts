import {ListRegionsResponse$} from '@aws-sdk/client-account'
import {NormalizedSchema} from '@smithy/core/schema'
import {expect, test} from 'vitest'
import {restJson, rpcJson} from '../../../../src/lib/sandbox/wire/json.js'

test.each([restJson, rpcJson])('a JSON body is plain bytes, which nothing warns about', ({write}) => {
  const bytes = write(NormalizedSchema.of(ListRegionsResponse$), {NextToken: 'é'}, '')

  expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype)
  expect(Buffer.from(bytes as Uint8Array).toString('utf8')).toBe('{"NextToken":"é"}')
})
