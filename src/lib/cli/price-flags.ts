import * as Flags from '@oclif/core/flags'

/** Which rows of a price sheet are printed. */
export const priceFlags = {
  route: Flags.option({options: ['in-region', 'geo', 'global', 'mantle'] as const})({
    description: 'keep the prices of one route, and those that are not by route',
  }),
  tier: Flags.string({
    description: 'keep one tier: standard, flex, priority, latency-optimized, batch, reserved, provisioned',
  }),
  meter: Flags.string({description: 'keep one meter, such as tokens or generated-image'}),
}

/** Those flags as parsed. */
export interface PriceFlags {
  readonly route: 'in-region' | 'geo' | 'global' | 'mantle' | undefined
  readonly tier: string | undefined
  readonly meter: string | undefined
  readonly unparsed: boolean
}
