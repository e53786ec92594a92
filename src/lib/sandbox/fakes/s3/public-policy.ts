import type {Bucket} from '../../world/resources.js'

type Policy = NonNullable<Bucket['policy']>

// Keys that, with a fixed value, keep a statement for everybody from being public.
const NARROWING =
  /^(aws:(source(ip|arn|account|vpc|vpce|owner|orgid|orgpaths)|principal(org(id|paths)|account|arn)|userid)|s3:dataaccesspoint(arn|account))$/i

/** Whether S3 calls the policy public: a statement lets everybody in under no narrowing condition. */
export function isPublicPolicy({Statement}: Policy): boolean {
  const statements: readonly Readonly<Record<string, unknown>>[] = Array.isArray(Statement) ? Statement : [Statement]
  return statements.some(
    ({Effect, Principal, Condition}) => Effect === 'Allow' && isEverybody(Principal) && !isNarrowed(Condition),
  )
}

function isEverybody(principal: unknown): boolean {
  if (principal === '*') return true
  if (typeof principal !== 'object' || principal === null) return false
  const aws: unknown = (principal as Readonly<Record<string, unknown>>)['AWS']
  return aws === '*' || (Array.isArray(aws) && aws.includes('*'))
}

function isNarrowed(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return false
  const tests = Object.entries(condition).filter(([operator]) => !/not/i.test(operator))
  return tests.some(([, keys]) =>
    Object.entries(keys as object).some(([key, value]) => NARROWING.test(key) && isFixed(value)),
  )
}

function isFixed(value: unknown): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.every((one) => typeof one === 'string' && !/^[*]|[?]|\$\{|^0\.0\.0\.0\/0$/.test(one))
}
