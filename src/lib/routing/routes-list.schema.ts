import {z} from 'zod'
import {answerShape, originSchema, regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

export const routeKind = z.enum(['in-region', 'geo', 'global'])

export const listedRouteSchema = z.object({
  from: regionName.describe('The Region the call is sent to.'),
  id: z.string().describe('What to pass as modelId.'),
  modelId: z.string(),
  modelName: z.string().nullable(),
  kind: routeKind,
  geography: z.string().nullable().describe('Geography of a geographic profile; null otherwise and when not known.'),
  destinations: z
    .array(regionName)
    .nullable()
    .describe(
      'Every Region that may process a request sent from `from`; null when not known, and for Global: any Region of the partition.',
    ),
  optInDestinations: z.array(regionName).describe('Destinations that an account must enable before it can call them.'),
  notEnabledDestinations: z
    .array(regionName)
    .nullable()
    .describe(
      'Destinations the account has not enabled; requests can be processed there all the same. Null: not read.',
    ),
  reason: z.string().nullable().describe('What to mind.'),
  origin: originSchema,
})
export type ListedRoute = Immutable<z.infer<typeof listedRouteSchema>>

export const routesListSchema = z.object({
  ...answerShape,
  from: z.array(regionName),
  routes: z
    .array(listedRouteSchema)
    .describe('Routes of bedrock-runtime that can be called, by Region, model and kind.'),
})
export type RoutesListResult = Immutable<z.infer<typeof routesListSchema>>
