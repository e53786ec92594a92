import {z} from 'zod'
import {answerShape, regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

export const sandboxEnvironmentSchema = z.object({
  ...answerShape,
  url: z.url(),
  region: regionName,
  environment: z.record(z.string(), z.string()).describe('Variables that point any AWS client at the sandbox.'),
  unset: z.array(z.string()).describe('Variables of a real account that would win over these.'),
})

export type SandboxEnvironmentResult = Immutable<z.infer<typeof sandboxEnvironmentSchema>>
