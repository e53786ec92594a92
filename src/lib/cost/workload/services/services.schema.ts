import {z} from 'zod'
import {METER_IDS} from '../../../catalog/meters.js'
import {regionName} from '../../../core/answer.schema.js'
import {call, money, volume} from '../fields.schema.js'

export const servicesShape = {
  kind: z.literal('services').describe('Anything else that is billed by its count: AgentCore, flows, data automation.'),
  region: regionName.optional(),
  items: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe('What it is for.'),
        service: z.string().min(1).describe('As `cost prices` names it, such as agentcore; or a model.'),
        meter: z.enum(METER_IDS).exclude(['tokens']).describe('What is counted, as `cost prices` names it.'),
        variant: z.string().optional().describe('Which of several prices of the meter, as `cost prices` names it.'),
        quantity: volume.describe('In a month.'),
        fixed: z.boolean().default(false).describe('Does not grow with the traffic.'),
        price: money.optional().describe('Your own, for as many units as the meter’s price is for.'),
        route: call.route,
      }),
    )
    .min(1)
    .describe('What is billed.'),
}
