import {decodePart, matchRoute, type Route, type RoutedRequest, type RouteMatch} from './routes.js'
import {escapeXml, XML_DECLARATION} from './xml.js'

// What S3 does differently from every other service.

/** The bucket lies in the host or in the first part of the path; the routes know neither. */
export function matchS3(routes: readonly Route[], request: RoutedRequest): RouteMatch | undefined {
  const {bucket, path} = addressed(request)
  const candidates = routes.filter((route) => route.inBucket === (bucket !== undefined))
  const match = matchRoute(candidates, {...request, path}, true)
  return match && bucket !== undefined ? {...match, labels: {...match.labels, Bucket: bucket}} : match
}

/** Keys are text: a path that is not percent-encoded UTF-8 names none. */
export function isUtf8(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

interface Addressed {
  readonly bucket: string | undefined
  readonly path: string
}

/** `bucket.localhost`, `bucket.s3.eu-west-1.localhost`, or `/bucket/key`. */
function addressed({headers, path}: RoutedRequest): Addressed {
  const host = (headers['host'] ?? '').replace(/:\d+$/, '')
  const virtual = /^(?!s3[.-])(.+?)\.(?:s3[.-].*)?localhost$/.exec(host)
  if (virtual) return {bucket: virtual[1], path}
  const inPath = /^\/([^/]+)(\/.*)?$/.exec(path)
  if (!inPath) return {bucket: undefined, path}
  return {bucket: decodePart(inPath[1] ?? ''), path: inPath[2] ?? '/'}
}

/** Its root element is its only member, without a wrapper. */
export function bucketLocationBody(output: Readonly<Record<string, unknown>>, xmlNamespace: string): string {
  const location = escapeXml(String(output['LocationConstraint'] ?? ''))
  return `${XML_DECLARATION}<LocationConstraint xmlns="${xmlNamespace}">${location}</LocationConstraint>`
}
