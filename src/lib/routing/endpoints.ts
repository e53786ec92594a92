import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {CatalogModel} from '../catalog/catalog.schema.js'
import {BedrockctlError} from '../core/errors.js'
import {packageRoot} from '../core/package-root.js'
import type {EndpointFacts, EndpointFamily} from './endpoints.schema.js'
import type {RouteTarget} from './route-target.js'
import type {TracedEndpoint} from './routes-trace.schema.js'

/** Reads data/routing/endpoints.json, which comes with the program. */
export function readEndpointFacts(file = join(packageRoot(), 'data', 'routing', 'endpoints.json')): EndpointFacts {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new BedrockctlError('CATALOG_DAMAGED', `The bundled endpoint facts cannot be read: ${file}`, {
      fault: 'internal',
      hint: 'Install bedrockctl again; the file comes with it.',
      cause,
    })
  }
}

interface Place {
  readonly partition: string
  readonly region: string
}

/** The endpoints of the source Region that take a call by this route; one that is known not to is named with `no`. */
export function traceEndpoints(
  target: RouteTarget,
  model: CatalogModel | undefined,
  place: Place,
  facts: EndpointFacts,
): readonly TracedEndpoint[] {
  if (target.kind === 'mantle') return nameEndpoint('bedrock-mantle', mantleParts(model), place, facts)
  const apis = runtimeApis(model)
  const runtime = {
    answer: 'yes',
    apis,
    note: apis.length === 0 ? 'which APIs the model takes is not known' : null,
  } as const
  return [
    ...nameEndpoint('bedrock-runtime', runtime, place, facts),
    ...nameEndpoint('openai-on-runtime', openAiParts(target, model), place, facts),
    ...nameEndpoint('bedrock-runtime-fips', runtime, place, facts),
  ]
}

type Parts = Pick<TracedEndpoint, 'answer' | 'apis' | 'note'>

const RUNTIME_APIS: Readonly<Record<string, string>> = {
  Invoke: 'InvokeModel',
  Converse: 'Converse',
  StartAsyncInvoke: 'StartAsyncInvoke',
  InvokeModelWithBidirectionalStream: 'InvokeModelWithBidirectionalStream',
}
const OPENAI_APIS = ['Responses', 'Chat Completions']
const MANTLE_APIS = [...OPENAI_APIS, 'Messages']

function runtimeApis(model: CatalogModel | undefined): readonly string[] {
  return (model?.apis ?? []).flatMap((api) => RUNTIME_APIS[api] ?? [])
}

/** The catalog says which APIs a model takes, not on which endpoint: certain only where there is one endpoint. */
function openAiParts({resource, kind}: RouteTarget, model: CatalogModel | undefined): Parts {
  const taken = model?.apis?.filter((api) => OPENAI_APIS.includes(api))
  if (taken === undefined) {
    return {answer: 'unknown', apis: [], note: 'whether the model takes OpenAI-compatible calls here is not known'}
  }
  const refusesResponses = resource === 'application-inference-profile' || kind === 'in-region'
  const apis = taken.filter((api) => !(api === 'Responses' && refusesResponses))
  if (apis.length === 0) {
    return {
      answer: 'no',
      apis: [],
      note:
        taken.length === 0
          ? 'the model takes no OpenAI-compatible API'
          : 'Responses takes the id of a system profile only',
    }
  }
  const certain = model?.endpoints?.length === 1 && model.endpoints[0] === 'bedrock-runtime'
  return certain
    ? {answer: 'yes', apis, note: null}
    : {answer: 'unknown', apis, note: 'the model takes these APIs; whether on this endpoint is not known'}
}

function mantleParts(model: CatalogModel | undefined): Parts {
  const apis = (model?.apis ?? []).filter((api) => MANTLE_APIS.includes(api))
  return {
    answer: 'yes',
    apis,
    note: 'the path depends on the model: /v1, /openai/v1 or /anthropic/v1',
  }
}

function nameEndpoint(
  family: TracedEndpoint['family'],
  parts: Parts,
  place: Place,
  facts: EndpointFacts,
): readonly TracedEndpoint[] {
  const known = facts.families.find(({id}) => id === (family === 'openai-on-runtime' ? 'bedrock-runtime' : family))
  if (!known) return []
  const named = known.regions === null || known.regions.includes(place.region)
  const {source, asOf} = known
  if (!named && known.elsewhere === 'no') {
    const note = `${source} names none in ${place.region}`
    return [{family, ...parts, answer: 'no', url: null, dualStackHost: null, privateLink: null, note, source, asOf}]
  }
  const host = fill(known.host, place, facts)
  const path = family === 'openai-on-runtime' ? '/openai/v1' : ''
  const dualStackHost = known.dualStackHost === null ? null : fill(known.dualStackHost, place, facts)
  const url = host === null ? null : `https://${host}${path}`
  const privateLink = named ? namePrivateLink(known, place, facts) : null
  return [{family, ...parts, url, dualStackHost, privateLink, source, asOf}]
}

function namePrivateLink(
  {privateLink}: EndpointFamily,
  place: Place,
  facts: EndpointFacts,
): TracedEndpoint['privateLink'] {
  const serviceName = fill(privateLink.serviceName, place, facts)
  const privateDnsName = fill(privateLink.privateDnsName, place, facts)
  if (serviceName === null || privateDnsName === null) return null
  return {serviceName, privateDnsName, source: privateLink.source, asOf: privateLink.asOf}
}

/** Null when the partition's part of the name is not known. */
function fill(template: string, {partition, region}: Place, {partitions}: EndpointFacts): string | null {
  const names = partitions.find(({id}) => id === partition)
  if (!names) return null
  const values: Readonly<Record<string, string | null>> = {
    region,
    dnsSuffix: names.dnsSuffix,
    dualStackSuffix: names.dualStackSuffix,
    serviceNamePrefix: names.serviceNamePrefix,
  }
  const missing = [...template.matchAll(/\{(\w+)\}/g)].some(([, key = '']) => (values[key] ?? null) === null)
  return missing ? null : template.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '')
}
