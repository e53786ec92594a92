import {z} from 'zod'
import {METER_IDS} from '../../catalog/meters.js'
import {regionName} from '../../core/answer.schema.js'
import {money, routeName, tierName} from '../workload/fields.schema.js'

const tokenPrice = money.optional().describe('For a million tokens.')

const ownPrice = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .describe('Model by any of its names, or what is billed beside models; a profile stands for its route.'),
    region: regionName.optional().describe('The Region that is called; any unless given.'),
    route: routeName.optional().describe('Any unless given.'),
    tier: z
      .enum([...tierName.options, 'reserved', 'provisioned'])
      .default('standard')
      .describe('Service tier.'),
    meter: z.enum(METER_IDS).default('tokens').describe('What is counted.'),
    variant: z.string().optional().describe('As the estimate names it: a commitment, a size, a policy.'),
    input: tokenPrice,
    output: tokenPrice,
    cacheRead: tokenPrice,
    cacheWrite: tokenPrice,
    cacheWrite1h: tokenPrice,
    unit: money.optional().describe('For as much as the meter’s price is for; of any meter but tokens.'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'a currency such as USD')
      .default('USD')
      .describe('ISO 4217; amounts of several are never added up.'),
  })
  .superRefine(({meter, unit, ...prices}, context) => {
    const kinds = (['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h'] as const).filter(
      (kind) => prices[kind],
    )
    if (meter === 'tokens' ? kinds.length > 0 && !unit : unit !== undefined && kinds.length === 0) return
    const message =
      meter === 'tokens' ? 'give input, output or cache prices of tokens' : `give the price of ${meter} as unit`
    context.addIssue({code: 'custom', message})
  })

/** Prices that hold for you: a private offer, an agreed discount. They win over every list. */
export const ownPricesSchema = z.array(ownPrice)

export type OwnPrice = z.infer<typeof ownPrice>
