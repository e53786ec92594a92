import type {TunableBase, Tuning} from '../catalog/custom-models.schema.js'
import type {Settings} from '../config/settings.js'
import {parseArn} from '../core/arn.js'
import {usageError} from '../core/errors.js'
import type {CustomizationType} from '../customizations/ports.js'
import type {S3Place} from '../jobs/ports.js'
import type {JobVpc} from '../jobs/preflight/network.js'
import type {Connection} from './connect.js'
import {regionOfBase, typeOf} from './customization-check.js'
import type {CustomizationCreateFlags} from './customization-flags.js'
import {readKey, readTags, readVpc} from './job-words.js'
import {onlineSession} from './online-session.js'

/** What the flags of a job say, once every name in them is known. */
export interface CustomizationWords {
  readonly account: string
  readonly partition: string
  readonly callerArn: string
  readonly region: string
  /** As it is sent. */
  readonly baseModel: string
  /** Undefined for what the catalog does not know as a base. */
  readonly base: TunableBase | undefined
  readonly tuning: Tuning | undefined
  readonly type: CustomizationType
  readonly role: string
  /** Files and objects, as they were typed. */
  readonly training: string
  readonly validation: readonly string[]
  readonly staging: S3Place | undefined
  readonly results: S3Place
  readonly hyperparameters: Readonly<Record<string, string>>
  readonly teacher: string | undefined
  readonly mostResponseTokens: number | undefined
  readonly grader: string | undefined
  readonly jobName: string | undefined
  readonly modelName: string | undefined
  readonly kmsKey: string | null
  readonly vpc: JobVpc | null
  readonly tags: Readonly<Record<string, string>>
}

/** Understands the flags; everything that is wrong with them by themselves is a mistake of who typed them. */
export async function settleCustomizationWords(
  flags: CustomizationCreateFlags,
  settings: Settings,
  connection: Connection,
  signal: AbortSignal,
): Promise<CustomizationWords> {
  const [{readS3Uri}, {sourceRegion}, {bases}] = await Promise.all([
    import('../jobs/s3-uri.js'),
    import('../routing/select-regions.js'),
    connection.catalog.customModels(),
  ])
  const type = typeOf(flags.type)
  const {base, baseModel} = baseOf(flags['base-model'], bases)
  refuseMisfits(type, flags)
  const given = {
    kmsKey: readKey(flags['kms-key']),
    vpc: readVpc(flags.subnet, flags['security-group']),
    tags: readTags(flags.tag),
    hyperparameters: readPairs(flags.hyperparameter),
  }
  const staging = flags.staging === undefined ? undefined : readS3Uri(flags.staging, 'place for the records')
  const results = readS3Uri(flags.results, 'place for results')
  const region = sourceRegion(
    {
      model: baseModel,
      from: regionOfBase(flags['base-model'], settings.regions[0], undefined),
      asked: settings.regions,
      configured: connection.configuredRegion,
    },
    connection.catalog,
  )
  const source = await onlineSession(connection, 'Customization jobs').identity()
  const identity = await source.whoAmI(signal)
  return {
    account: identity.account,
    partition: parseArn(identity.arn)?.partition ?? 'aws',
    callerArn: identity.arn,
    region,
    baseModel,
    base,
    tuning: base?.tunings.find((tuning) => tuning.type === type),
    type,
    role: flags.role,
    training: flags.data,
    validation: flags.validation === undefined ? [] : [flags.validation],
    staging,
    results,
    teacher: flags.teacher,
    mostResponseTokens: flags['max-tokens'],
    grader: flags.grader,
    jobName: flags.name,
    modelName: flags['model-name'],
    ...given,
  }
}

/** A function, and maybe a version or an alias of it. */
const FUNCTION = /^function:[a-zA-Z0-9-_.]+(?::(?:\$LATEST|[a-zA-Z0-9-_]+))?$/

/** With the suffix of its context, which the service asks for, or without it. */
function baseOf(text: string, bases: readonly TunableBase[]): Pick<CustomizationWords, 'base' | 'baseModel'> {
  const at = text.indexOf(':foundation-model/')
  const id = at === -1 ? text : text.slice(at + ':foundation-model/'.length)
  const base = bases.find((one) => one.id === id || one.modelId === id)
  return {base, baseModel: base?.id ?? text}
}

/** Words that only some types take, and those without which a type has nothing to work with. */
function refuseMisfits(type: CustomizationType, flags: CustomizationCreateFlags): void {
  const needs = (flag: '--grader' | '--teacher', is: boolean, given: string | undefined) => {
    if (is && given === undefined) {
      throw usageError('FLAGS_MISSING', `A job of --type ${flags.type} needs ${flag}.`, {
        hint:
          flag === '--teacher' ? 'Name the model that teaches it.' : 'Give the ARN of the Lambda function that grades.',
      })
    }
    if (!is && given !== undefined) {
      throw usageError('FLAG_MISFIT', `${flag} is not for --type ${flags.type}.`, {hint: `Leave ${flag} out.`})
    }
  }
  needs('--teacher', type === 'DISTILLATION', flags.teacher)
  needs('--grader', type === 'REINFORCEMENT_FINE_TUNING', flags.grader)
  const arn = flags.grader === undefined ? undefined : parseArn(flags.grader)
  if (flags.grader !== undefined && !(arn?.service === 'lambda' && FUNCTION.test(arn.resource))) {
    throw usageError('BAD_GRADER', `--grader does not understand "${flags.grader ?? ''}".`, {
      hint: 'Give the ARN of a Lambda function.',
    })
  }
}

function readPairs(texts: readonly string[] = []): Readonly<Record<string, string>> {
  const pairs = new Map<string, string>()
  for (const text of texts) {
    const sign = text.indexOf('=')
    if (sign <= 0 || sign === text.length - 1) {
      throw usageError('BAD_HYPERPARAMETER', `--hyperparameter does not understand "${text}".`, {
        hint: 'Write NAME=VALUE, such as epochCount=2.',
      })
    }
    const name = text.slice(0, sign)
    if (pairs.has(name)) {
      throw usageError('HYPERPARAMETER_TWICE', `--hyperparameter gives ${name} twice.`, {hint: 'Give it once.'})
    }
    pairs.set(name, text.slice(sign + 1))
  }
  return Object.fromEntries(pairs)
}
