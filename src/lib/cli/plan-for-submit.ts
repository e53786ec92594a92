import type {PlanFile} from '../batch/plan/plan.schema.js'
import {BedrockctlError} from '../core/errors.js'
import type {Terminal} from '../output/terminal.js'
import type {BatchPlanFlags} from './batch-flags.js'
import {makeBatchPlan, type PlanFrame} from './make-batch-plan.js'

/** Makes the plan of a pile of records and shows it on stderr; refused where it cannot work. */
export async function planForSubmit(
  file: string,
  flags: BatchPlanFlags,
  frame: PlanFrame,
  terminal: Terminal,
): Promise<PlanFile> {
  const [{plan, result}, {batchPlanView}] = await Promise.all([
    makeBatchPlan(file, flags, frame),
    import('../batch/plan/render-plan.js'),
  ])
  const shown = await batchPlanView.text?.(result, {...terminal, color: false})
  if (shown !== undefined) frame.warn(`${shown}\n`)
  if (plan !== undefined && result.gate.passed) return plan
  throw new BedrockctlError('PLAN_CANNOT_WORK', `The records of ${file} cannot be submitted like this.`, {
    fault: 'gate',
    why: result.gate.failures.join('\n'),
    hint: 'Put right what the plan says, then run this again.',
  })
}
