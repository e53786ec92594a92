import {beforeAll, describe, expect, test} from 'vitest'
import {constrainedServices, operationNames} from '../../../../src/lib/sandbox/constraints.js'
import {SERVICES, type Service, ServiceTable} from '../../../../src/lib/sandbox/services.js'
import {matchRoute, type Route} from '../../../../src/lib/sandbox/wire/routes.js'
import {matchS3} from '../../../../src/lib/sandbox/wire/s3.js'

const services = new Map<string, Service>()

beforeAll(async () => {
  const table = new ServiceTable(SERVICES.map(({fake: _, ...spec}) => spec))
  for (const id of ['bedrock', 'bedrock-runtime', 'bedrock-agent', 'account', 's3']) {
    const spec = table.specs.find((each) => each.id === id)
    if (spec) services.set(id, await table.load(spec))
  }
})

function routes(id: string): readonly Route[] {
  const service = services.get(id)
  if (!service) throw new Error(`${id} is not loaded`)
  return service.routes
}

const request = (method: string, target: string, headers: Readonly<Record<string, string>> = {}) => {
  const [path = '', query = ''] = target.split('?')
  return {method, path, query: new URLSearchParams(query), headers}
}

describe('REST routes', () => {
  test('are those of botocore’s models', () => {
    const differing: string[] = []
    for (const id of constrainedServices.filter((service) => services.has(service))) {
      const own = services.get(id)?.operations
      for (const [name, expected] of operationNames(id)) {
        const http = own?.get(name)?.http
        const actual = http ? `${http.method} ${http.path}` : 'absent'
        if (essence(actual) !== essence(expected)) differing.push(`${id}:${name} ${actual} != ${expected}`)
      }
    }

    expect(differing).toEqual([])
  })

  test('no two operations of the services that sign as bedrock could be meant by one request', () => {
    const all = ['bedrock', 'bedrock-runtime', 'bedrock-agent'].flatMap(routes)
    const clashes = all.flatMap((one, index) =>
      all
        .slice(index + 1)
        .filter((other) => overlap(one, other))
        .map((other) => [one.operation.name, other.operation.name]),
    )

    expect(all.length).toBeGreaterThan(180)
    expect(clashes).toEqual([])
  })

  test('a path is split before it is decoded', () => {
    const match = matchRoute(routes('bedrock-runtime'), request('POST', '/model/arn%3Aaws%2Fx/converse'))

    expect(match).toMatchObject({operation: {name: 'Converse'}, labels: {modelId: 'arn:aws/x'}})
  })

  test('a slash at the end is no part', () => {
    expect(matchRoute(routes('bedrock'), request('GET', '/foundation-models/'))?.operation.name).toBe(
      'ListFoundationModels',
    )
  })

  test.each([
    ['GET', '/foundation-models/a/b/c'],
    ['PUT', '/foundation-models'],
    ['GET', '/'],
    ['GET', '/foundation-models//x'],
  ])('%s %s is nothing', (method, target) => {
    expect(matchRoute(routes('bedrock'), request(method, target))).toBeUndefined()
  })

  test('broken percent-encoding is taken as it is', () => {
    expect(matchRoute(routes('bedrock'), request('GET', '/foundation-models/%zz'))?.labels).toEqual({
      modelIdentifier: '%zz',
    })
  })
})

describe('S3', () => {
  const match = (method: string, target: string, headers: Readonly<Record<string, string>> = {}) => {
    const found = matchS3(routes('s3'), request(method, target, {host: '127.0.0.1:1', ...headers}))
    return found && [found.operation.name, found.labels]
  }

  test.each([
    ['GET', '/', {}, 'ListBuckets', {}],
    ['GET', '/b', {}, 'ListObjects', {Bucket: 'b'}],
    ['GET', '/b?list-type=2', {}, 'ListObjectsV2', {Bucket: 'b'}],
    ['GET', '/b?location', {}, 'GetBucketLocation', {Bucket: 'b'}],
    ['PUT', '/b/k/l%2Fm', {}, 'PutObject', {Bucket: 'b', Key: 'k/l/m'}],
    ['PUT', '/b/k', {'x-amz-copy-source': 'x/y'}, 'CopyObject', {Bucket: 'b', Key: 'k'}],
    ['PUT', '/b/k?partNumber=1&uploadId=u', {}, 'UploadPart', {Bucket: 'b', Key: 'k'}],
    ['GET', '/b/k?uploadId=u', {}, 'ListParts', {Bucket: 'b', Key: 'k'}],
    ['GET', '/k', {host: 'b.localhost:1'}, 'GetObject', {Bucket: 'b', Key: 'k'}],
  ])('%s %s %j is %s', (method, target, headers, name, labels) => {
    expect(match(method, target, headers)).toEqual([name, labels])
  })
})

/**
 * A route without what the two models write each in its own way: a closing slash, S3's bucket (in the path for botocore,
 * taken off first by the SDK) and the SDK's `x-id`.
 */
const essence = (route: string): string =>
  route
    .replace('/{Bucket}', '')
    .replace(/([?&])x-id=\w+&?/, '$1')
    .replace(/[?&]$/, '')
    .replace(/\/(?=\?|$)/, '')

function overlap(one: Route, other: Route): boolean {
  if (one.method !== other.method || one.segments.length !== other.segments.length) return false
  if (one.greedy || other.greedy) return false
  const literals = (route: Route) => route.segments.filter(({literal}) => literal !== undefined).length
  const compatible = one.segments.every(({literal}, index) => {
    const opposite = other.segments[index]?.literal
    return literal === undefined || opposite === undefined || literal === opposite
  })
  return compatible && literals(one) === literals(other)
}
