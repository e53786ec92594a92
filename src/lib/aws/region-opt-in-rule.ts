// Commercial Regions launched before 20 March 2019; every later one has to be enabled by the account before it answers.
const ALWAYS_ENABLED = new Set([
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
])

const OTHER_PARTITION = /^(cn|us-gov|us-iso[a-z]*|eu-isoe|eusc)-/

/** Whether an account has to enable the Region before it can call it; other partitions have no opt-in. */
export function needsOptIn(region: string): boolean {
  return !ALWAYS_ENABLED.has(region) && !OTHER_PARTITION.test(region)
}
