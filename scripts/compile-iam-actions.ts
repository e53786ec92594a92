// Compiles data/iam/actions.json: tsx scripts/compile-iam-actions.ts <facts folder> [--out data/iam/actions.json]
// The facts folder holds aws-iam-actions.json, whose note ends with the day of its copy of the Service Authorization
// Reference. Same facts in, same bytes out. Where resource control policies apply stands here, with its source.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {parseArgs} from 'node:util'
import {z} from 'zod'
import {type ActionFacts, iamFactsSchema, type RcpServices, type ServiceFacts} from '../src/lib/iam/iam-facts.schema.js'

const RCP_SERVICES: RcpServices = {
  source: 'AWS Organizations User Guide, orgs_manage_policies_rcps',
  asOf: '2026-09-26',
  applies: (
    'aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch ' +
    'cloudtrail-data codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend ' +
    'comprehendmedical compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose fis fms ' +
    'gamelift health inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications opensearch ' +
    'pca-connector-ad personalize polly pricing resource-groups rolesanywhere s3 secretsmanager servicediscovery signin ' +
    'sqs sts support swf textract timestream-influxdb transcribe transfer translate wafv2 workspaces xray'
  ).split(' '),
  inert: ['bedrock', 'bedrock-agentcore', 'bedrock-mantle', 'bedrock-websearch'],
}
/** Authorised as an action that the facts could not establish. */
const NOT_ESTABLISHED = 'InvokeModelWithBidirectionalStream'

const factsSchema = z.object({
  $note: z.string(),
  services: z.record(
    z.string(),
    z.strictObject({
      actions: z.array(
        z.strictObject({
          name: z.string(),
          accessLevel: z.string(),
          resources: z.array(
            z.strictObject({type: z.string(), required: z.boolean(), conditionKeys: z.array(z.string()).optional()}),
          ),
          conditionKeys: z.array(z.string()).optional(),
        }),
      ),
      resourceTypes: z.array(z.strictObject({type: z.string(), arn: z.string(), conditionKeys: z.array(z.string())})),
      conditionKeys: z.array(z.strictObject({key: z.string(), type: z.string()})),
    }),
  ),
  apiOperationsWithoutOwnAction: z.record(z.string(), z.string()),
})
type Facts = z.infer<typeof factsSchema>
type SourceAction = Facts['services'][string]['actions'][number]

const ACCESS: Readonly<Record<string, ActionFacts['access'][number]>> = {
  Read: 'read',
  List: 'list',
  Write: 'write',
  'Permissions management': 'permissions',
  Tagging: 'tagging',
}

function compileAction({name, accessLevel, resources, conditionKeys}: SourceAction): ActionFacts {
  const types = (required: boolean) => resources.filter((one) => one.required === required).map(({type}) => type)
  const keys = [...new Set([...(conditionKeys ?? []), ...resources.flatMap((one) => one.conditionKeys ?? [])])].sort()
  return {
    name,
    access: accessLevel.split(', ').map((level) => {
      const access = ACCESS[level]
      if (access === undefined) throw new Error(`${name} has an access level that is not known: ${level}`)
      return access
    }),
    ...(types(true).length > 0 && {resources: types(true)}),
    ...(types(false).length > 0 && {optionalResources: types(false)}),
    ...(keys.length > 0 && {conditionKeys: keys}),
  }
}

function compileService([prefix, service]: [string, Facts['services'][string]]): ServiceFacts {
  return {
    prefix,
    conditionKeys: Object.fromEntries(service.conditionKeys.map(({key, type}) => [key, type])),
    resourceTypes: service.resourceTypes.map(({type, arn, conditionKeys}) => {
      return {name: type, arn, ...(conditionKeys.length > 0 && {conditionKeys})}
    }),
    actions: service.actions.map(compileAction).sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

/** `from npm NAME VERSION (Service Authorization Reference copy, 26 Sep 2026)` */
function provenanceOf(note: string): {source: string; asOf: string} {
  const [, source, day] = /^from (.+) \(.*copy, (\d{1,2} \w{3} \d{4})\)$/.exec(note) ?? []
  if (source === undefined || day === undefined) throw new Error(`the note names no source and day: ${note}`)
  const asOf = new Date(`${day} UTC`).toISOString().slice(0, 10)
  return {source: `Service Authorization Reference, from ${source}`, asOf}
}

/** One line a service, action and type: small, and readable in a diff. */
function write(facts: object): string {
  const line = /^\s+[{[](?:[^{}[\]]|\[[^\]]*\]|\$\{\w+\})*[}\]],?$/gm
  return `${JSON.stringify(facts, null, 1).replace(line, (text) => text.replace(/\n\s*/g, ' '))}\n`
}

function compile(folder: string): string {
  const facts = factsSchema.parse(JSON.parse(readFileSync(join(folder, 'aws-iam-actions.json'), 'utf8')))
  const operations = Object.entries(facts.apiOperationsWithoutOwnAction).filter(([name]) => name !== NOT_ESTABLISHED)
  const compiled = iamFactsSchema.parse({
    schemaVersion: 1,
    ...provenanceOf(facts.$note),
    services: Object.entries(facts.services).map(compileService),
    operationsWithoutAction: Object.fromEntries(operations),
    rcp: RCP_SERVICES,
  })
  return write(compiled)
}

const {positionals, values} = parseArgs({
  allowPositionals: true,
  options: {out: {type: 'string', default: 'data/iam/actions.json'}},
})
const [folder] = positionals
if (folder === undefined || positionals.length > 1) {
  console.error('usage: compile-iam-actions <facts folder> [--out data/iam/actions.json]')
  process.exitCode = 2
} else {
  const text = compile(folder)
  mkdirSync(dirname(values.out), {recursive: true})
  writeFileSync(values.out, text)
  console.log(`${values.out}: ${text.length} characters`)
}
