import type {TunableBase, Tuning} from '../catalog/custom-models.schema.js'
import type {Settings} from '../config/settings.js'
import type {Unread} from '../core/answer.schema.js'
import {regionOfArn} from '../core/arn.js'
import {usageError} from '../core/errors.js'
import type {CheckPorts} from '../customizations/check/check-dataset.js'
import type {CustomizationType} from '../customizations/ports.js'
import type {ByteSource} from '../jsonl/byte-source.js'
import type {Connection} from './connect.js'
import type {BookFrame} from './price-book.js'

/** Types of customization as flags name them. */
const TYPE_WORDS = {
  'fine-tuning': 'FINE_TUNING',
  'continued-pre-training': 'CONTINUED_PRE_TRAINING',
  distillation: 'DISTILLATION',
  reinforcement: 'REINFORCEMENT_FINE_TUNING',
} as const satisfies Readonly<Record<string, CustomizationType>>

/** A type that flags were held against already. */
export function typeOf(word: string): CustomizationType {
  return Object.entries(TYPE_WORDS).find(([name]) => name === word)?.[1] ?? 'FINE_TUNING'
}

/** The Region of the question: that of an ARN before all others, which may not say something else. */
export function regionOfBase(
  base: string,
  asked: string | undefined,
  configured: string | undefined,
): string | undefined {
  const home = regionOfArn(base)
  const named = asked === 'all' ? undefined : asked
  if (home !== undefined && named !== undefined && home !== named) {
    throw usageError('REGION_CONTRADICTS', `The base is in ${home}, and --region names ${named}.`, {
      hint: `Leave --region out, or name ${home}.`,
    })
  }
  return home ?? named ?? configured
}

/** Opens one file of a data set, of this machine or of S3; what is no JSON Lines by its first bytes is refused. */
export async function openDataset(
  name: string,
  connect: () => Promise<Connection>,
  signal: AbortSignal,
): Promise<{readonly source: ByteSource; readonly connection: Connection}> {
  if (/^s3:\/\/[^/]*(?:\/(?:.*\/)?)?$/.test(name)) {
    throw usageError('DATA_IS_PREFIX', `${name} is a folder of S3: a job takes one object.`, {
      hint: 'Name the object, such as s3://bucket/folder/train.jsonl.',
    })
  }
  const [{openBatchInput}, {refuseOtherFormat}] = await Promise.all([
    import('./batch-input.js'),
    import('../jsonl/other-format.js'),
  ])
  const {connection, source} = await openBatchInput(name, connect, signal)
  await refuseOtherFormat(source, signal)
  return {source, connection}
}

/** What comes from the account and from prices, and what could not be read of it. */
type AccountPorts = Pick<CheckPorts, 'facts' | 'media' | 'priceOf' | 'quotas' | 'rates'> & {
  readonly unread: readonly Unread[]
}

/** What the check asks about the account and of prices. */
export async function checkPorts(
  {
    base,
    region,
    tuning,
  }: {readonly base: TunableBase; readonly region: string | undefined; readonly tuning: Tuning | undefined},
  {checkMedia, epochs}: {readonly checkMedia: boolean; readonly epochs: number | undefined},
  settings: Settings,
  connection: Connection,
  frame: Omit<BookFrame, 'regions'>,
): Promise<AccountPorts> {
  const [{readAppliedQuotas, tokenRates}, facts] = await Promise.all([
    import('./batch-check.js'),
    connection.catalog.customModels(),
  ])
  const [account, ratesOf] = await Promise.all([
    region === undefined ? {quotas: undefined, unread: []} : readAppliedQuotas(connection, region, frame.signal),
    tokenRates(),
  ])
  return {
    facts,
    rates: ratesOf(base.modelId),
    quotas: account.quotas,
    unread: account.unread,
    media: checkMedia ? await mediaStore(connection, region) : undefined,
    priceOf: tuning
      ? async (tokens) => {
          const [{openPrices}, {priceTraining}] = await Promise.all([
            import('./price-book.js'),
            import('../customizations/check/price-training.js'),
          ])
          const {book} = await openPrices(settings, connection, {...frame, regions: [region ?? tuning.regions[0]]})
          const hyperparameters = facts.hyperparameters[tuning.hyperparameters ?? ''] ?? []
          const isByTokens = tuning.type !== 'REINFORCEMENT_FINE_TUNING'
          const {modelId} = base
          const at = region ?? tuning.regions[0]
          return priceTraining({modelId, region: at, tokens, isByTokens, epochs, hyperparameters}, book)
        }
      : undefined,
  }
}

async function mediaStore(connection: Connection, region = 'us-east-1'): Promise<NonNullable<CheckPorts['media']>> {
  const {onlineSession} = await import('./online-session.js')
  return {store: await onlineSession(connection, 'Media in S3').objectStore(), owner: {region}}
}
