import {z} from 'zod'
import {answerShape} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

const listedScenarioSchema = z.object({
  name: z.string(),
  description: z.string(),
  accounts: z.array(z.object({id: z.string(), name: z.string()})).describe('The first one is who signs in.'),
  faults: z.number().int().nonnegative().describe('Failures the scenario asks for: drops, errors, throttles.'),
  denials: z.number().int().nonnegative().describe('IAM actions that are denied.'),
})

export const sandboxScenariosSchema = z.object({...answerShape, scenarios: z.array(listedScenarioSchema)})

export type ListedScenario = Immutable<z.infer<typeof listedScenarioSchema>>
export type SandboxScenariosResult = Immutable<z.infer<typeof sandboxScenariosSchema>>
