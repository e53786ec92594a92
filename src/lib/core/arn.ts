/** The parts of an ARN. `region` and `account` may be empty: a foundation model has no account, a Global one no Region. */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** Everything after the fifth colon, for example `foundation-model/amazon.nova-lite-v1:0`. */
  readonly resource: string
}

const ARN = /^arn:([a-z][a-z0-9-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws|):(.+)$/

/** `undefined` when the text is no ARN. Any partition: `aws`, `aws-us-gov`, `aws-eusc`, `aws-iso`, … */
export function parseArn(text: string): Arn | undefined {
  const match = ARN.exec(text)
  if (!match) return undefined
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match
  return {partition, service, region, account, resource}
}

export function formatArn({partition, service, region, account, resource}: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`
}

/** The Region of an ARN; undefined where the text is no ARN or its ARN has none. */
export function regionOfArn(text: string): string | undefined {
  return parseArn(text)?.region || undefined
}
