import {type Authorization, parseAuthorization} from './auth.js'
import {WireError} from './handler.js'
import type {Service, ServiceSpec, ServiceTable} from './services.js'
import {commonError} from './wire/common-errors.js'
import {isRest, type Protocol, type WireRequest} from './wire/protocol.js'
import {type FormNode, formValue, parseForm} from './wire/query.js'
import {matchRoute, type RoutedRequest} from './wire/routes.js'
import {isUtf8, matchS3} from './wire/s3.js'
import {membersOf, type Operation} from './wire/schema.js'

/** The call that a request means. */
export interface Call {
  readonly service: Service
  readonly protocol: Protocol
  readonly name: string
  /** Absent for an operation whose schemas this sandbox does not carry. */
  readonly operation: Operation | undefined
  readonly labels: Readonly<Record<string, string>>
  readonly form: FormNode | undefined
}

/** What the dialect of an answer depends on before the call is known. */
export function guessProtocol(request: WireRequest, authorization: Authorization): Protocol {
  const {headers} = request
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return 'rpcv2Cbor'
  if (headers['x-amz-target'] !== undefined) return jsonRpcProtocol(request)
  const form = formText(request, authorization)
  if (form !== undefined) return isEc2(form, authorization) ? 'ec2Query' : 'awsQuery'
  const scope = scopeOf(authorization)
  if (scope === 'route53') return 'restXmlWrapped'
  return scope?.startsWith('s3') ? 'restXml' : 'restJson1'
}

const scopeOf = (authorization: Authorization): string | undefined =>
  authorization.kind === 'sigv4' || authorization.kind === 'sigv4-query' ? authorization.service : undefined

const jsonRpcProtocol = ({headers}: WireRequest): Protocol =>
  headers['content-type']?.includes('json-1.0') ? 'awsJson1_0' : 'awsJson1_1'

/**
 * The parameters of a Query request: the body of a POST, the query string of a presigned request, or both. An object of
 * S3 may be of any type, a form included.
 */
function formText({headers, body, rawQuery, query}: WireRequest, authorization: Authorization): string | undefined {
  if (scopeOf(authorization) === 's3') return undefined
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false
  const inBody = isForm ? body.toString('utf8') : ''
  if (query.has('Action') && query.has('Version')) return `${rawQuery}&${inBody}`
  return isForm ? inBody : undefined
}

const EC2_VERSION = /(?:^|&)Version=2016-11-15(?:&|$)/

function isEc2(form: string, authorization: Authorization): boolean {
  const scope = scopeOf(authorization)
  return scope === undefined ? EC2_VERSION.test(form) : scope === 'ec2'
}

/** Finds the service and operation; throws the error the caller's protocol has for there being none. */
export function resolveCall(table: ServiceTable, request: WireRequest, authorization: Authorization): Promise<Call> {
  const scope = scopeOf(authorization)
  const cbor = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(request.path)
  if (cbor && request.headers['smithy-protocol'] === 'rpc-v2-cbor') {
    return resolveRpc(table, cbor[1] ?? '', cbor[2] ?? '', 'rpcv2Cbor')
  }
  const target = request.headers['x-amz-target']
  if (target !== undefined) {
    const dot = target.lastIndexOf('.')
    return resolveRpc(table, target.slice(0, Math.max(0, dot)), target.slice(dot + 1), jsonRpcProtocol(request))
  }
  const form = formText(request, authorization)
  if (form !== undefined) return resolveForm(table, parseForm(form), scope, guessProtocol(request, authorization))
  return resolveRest(table, request, authorization)
}

/** Whether the request is an upload, whose body is read by its handler and not before. */
export async function isUpload(table: ServiceTable, request: RoutedRequest): Promise<boolean> {
  const spec = table.specs.find(({id}) => id === 's3')
  if (!spec || request.method !== 'PUT' || scopeOf(parseAuthorization(request)) !== spec.signing) return false
  const {operation} = matchS3((await table.load(spec)).routes, request) ?? {}
  return operation !== undefined && membersOf(operation.input).some(([, member]) => member.isStreaming())
}

async function resolveRpc(table: ServiceTable, target: string, name: string, protocol: Protocol): Promise<Call> {
  // botocore prefixes CloudTrail's target with a Java package.
  const spec = table.specs.find((each) => each.target === target || (each.target && target.endsWith(`.${each.target}`)))
  if (!spec) throw notServed(`target ${target}`)
  return knownCall(await table.load(spec), name, protocol, undefined)
}

async function resolveForm(
  table: ServiceTable,
  form: FormNode,
  scope: string | undefined,
  protocol: Protocol,
): Promise<Call> {
  const version = formValue(form, 'Version')
  const action = formValue(form, 'Action')
  if (!action) throw new WireError('MissingAction', 'The request is missing an action or a required parameter.', 400)
  const candidates = table.specs.filter((spec) => spec.version !== undefined)
  const spec = candidates.find((each) => each.signing === scope) ?? candidates.find((each) => each.version === version)
  if (!spec) throw notServed(`API version ${version}, action ${action}`)
  const spoken = spec.protocols.find((each) => each === 'ec2Query' || each === 'awsQuery') ?? protocol
  return knownCall(await table.load(spec), action, spoken, form)
}

async function knownCall(
  service: Service,
  name: string,
  protocol: Protocol,
  form: FormNode | undefined,
): Promise<Call> {
  const operation = service.operations.get(name)
  if (!(operation || (await isOperation(service.spec, name)))) {
    const version = service.spec.version
    const message = version ? `Could not find operation ${name} for version ${version}` : undefined
    throw commonError('unknown-operation', protocol, message)
  }
  return {service, protocol, name, operation, labels: {}, form}
}

/** Whether AWS has the operation, for a service of which only the served schemas are loaded. */
async function isOperation({id}: ServiceSpec, name: string): Promise<boolean> {
  const {operationNames} = await import('./constraints.js')
  return operationNames(id).has(name)
}

/**
 * REST services are told apart by their routes: bedrock, bedrock-runtime and bedrock-agent sign alike, an unsigned
 * request or one with a Bedrock API key names no service at all. Services are loaded until one fits.
 */
async function resolveRest(table: ServiceTable, request: WireRequest, authorization: Authorization): Promise<Call> {
  const scope = scopeOf(authorization)
  const candidates = table.specs.filter(
    ({protocols, signing}) => protocols.some(isRest) && (scope === undefined || signing === scope),
  )
  if (candidates.length === 0) throw notServed(`credential scope ${scope}`)
  for (const spec of candidates) {
    const service = await table.load(spec)
    const s3 = spec.id === 's3'
    const match = s3 ? matchS3(service.routes, request) : matchRoute(service.routes, request)
    if (match) {
      const {operation, labels} = match
      if (s3 && !isUtf8(request.path)) throw new WireError('InvalidURI', "Couldn't parse the specified URI.")
      const [protocol = 'restJson1'] = spec.protocols
      return {service, protocol, name: operation.name, operation, labels, form: undefined}
    }
  }
  throw commonError('unknown-operation', guessProtocol(request, authorization))
}

const notServed = (what: string): WireError =>
  new WireError('NotImplemented', `The sandbox serves nothing for ${what}.`, 501)
