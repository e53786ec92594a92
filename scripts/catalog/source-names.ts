/** The short keys of the fact files → what a reader can look up. A key that is not here names itself. */
const SOURCE_NAMES: Readonly<Record<string, string>> = {
  abm: 'amazonbedrockmodels.github.io, snapshots of the Bedrock API until 2026-08-22',
  aisdk: 'Vercel AI SDK, list of Bedrock models',
  card: 'AWS model card',
  cdk: 'AWS CDK, list of foundation models',
  conv: 'AWS user guide, models and features of Converse',
  jorke: 'github jorke/bedrock-model-map',
  kokes: 'github kokes/bedrock-model-availability, 2026-08-22',
  life: 'AWS user guide, model lifecycle (2026-10)',
  mdev: 'models.dev',
  mirai: 'mirai, probe of the Bedrock API in each Region, 2026-08-21',
  pi: 'npm @earendil-works/pi-ai 1.5.2, generated 2026-11-10 from models.dev',
  router: 'github TokenFlux/TokenRouter, routing table',
}

export function sourceName(key: string): string {
  const card = /^model-card-(.+?)(?:\.md)?$/.exec(key)
  return card ? `AWS model card ${card[1]}` : (SOURCE_NAMES[key] ?? key.replace(/:$/, ''))
}
