import type {CatalogModel} from '../../catalog/catalog.schema.js'
import type {CustomModelFacts, TunableBase, Tuning} from '../../catalog/custom-models.schema.js'
import {parseArn} from '../../core/arn.js'
import {fail, notApplicable, ok, unknown} from '../../jobs/preflight/check.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import {typeWord} from '../type-word.js'

/** What is to be customised, how and where. */
export interface BaseQuestion {
  /** As it is sent. */
  readonly baseModel: string
  /** Undefined for a custom model that is tuned on, or one that the catalog does not know as a base. */
  readonly base: TunableBase | undefined
  readonly tuning: Tuning | undefined
  readonly type: Tuning['type']
  readonly region: string
  readonly teacher: string | undefined
  /** ARN of the function that grades. */
  readonly grader: string | undefined
  readonly hasValidation: boolean
}

/** Whether the base can be customised so, there and now. */
export function judgeBase(
  question: BaseQuestion,
  facts: CustomModelFacts,
  model: CatalogModel | undefined,
): readonly PreflightCheck[] {
  const {base, baseModel, region, tuning, type} = question
  if (base === undefined) {
    return [judgeUnknownBase(baseModel, facts)]
  }
  if (tuning === undefined) {
    const types = base.tunings.map((one) => typeWord(one.type))
    return [fail('base', `${base.id} cannot be customised by ${typeWord(type)}; it can by ${types.join(', ')}.`)]
  }
  return [
    judgeRegion(base, tuning, region),
    judgeOpen(base, tuning, model),
    judgeTeacher(question, tuning),
    judgeGrader(question),
    judgeValidation(question, tuning),
  ]
}

/** A base by another suffix or through a profile is none; what nothing is known of may be new. */
function judgeUnknownBase(baseModel: string, {asOf, bases}: CustomModelFacts): PreflightCheck {
  if (baseModel.startsWith('arn:')) {
    const said = `${baseModel} is a custom model: the service says whether it can be tuned on.`
    return unknown('base', said, 'bedrockctl models list')
  }
  const meant = bases.find(({id, modelId}) => {
    return baseModel.startsWith(`${modelId}:`) || baseModel.endsWith(`.${modelId}`) || baseModel.endsWith(`.${id}`)
  })
  return meant === undefined
    ? unknown('base', `The catalog of ${asOf} knows no base ${baseModel}.`, 'bedrockctl models list')
    : fail('base', `${baseModel} is no base that is customised; ${meant.id} is.`, `--base-model ${meant.id}`)
}

function judgeRegion({id}: TunableBase, {regions, type}: Tuning, region: string): PreflightCheck {
  if (regions.includes(region)) return ok('base-region', `${id} is customised by ${typeWord(type)} in ${region}.`)
  const said = `${id} is customised by ${typeWord(type)} in ${regions.join(', ')}, not in ${region}.`
  return fail('base-region', said, `--region ${regions[0] ?? ''}`)
}

function judgeOpen({id}: TunableBase, {closed}: Tuning, model: CatalogModel | undefined): PreflightCheck {
  if (closed !== null) return fail('base-open', `${id} takes no new jobs: ${closed}`)
  const status = model?.lifecycle.status
  if (status === 'EOL') return fail('base-open', `${id} has reached its end of life.`)
  if (status === 'LEGACY') return fail('base-open', `${id} is legacy: AWS takes no new jobs of such models.`)
  return model === undefined
    ? unknown('base-open', `Whether ${id} is still offered is not known.`)
    : ok('base-open', `${id} takes new jobs.`)
}

function judgeTeacher({teacher, type}: BaseQuestion, {teachers}: Tuning): PreflightCheck {
  if (type !== 'DISTILLATION') return notApplicable('teacher', 'Nothing is distilled.')
  if (teacher?.includes(':application-inference-profile/') === true) {
    return unknown('teacher', `What model is behind ${teacher} was not looked up; ${teachers.join(', ')} can teach.`)
  }
  const name = teacher?.slice(teacher.lastIndexOf('/') + 1).replace(/:\d+k$/, '')
  const known = teachers.find((id) => name === id || name?.endsWith(`.${id}`) === true)
  if (known !== undefined) return ok('teacher', `${known} can teach it.`)
  return fail('teacher', `${teacher ?? 'No model'} is no teacher of this base; ${teachers.join(', ')} can be.`)
}

function judgeGrader({grader, region}: BaseQuestion): PreflightCheck {
  if (grader === undefined) return notApplicable('grader', 'Nothing is graded.')
  const home = parseArn(grader)?.region
  return home === region
    ? ok('grader', `The function that grades is in ${region}, as the job is.`)
    : fail('grader', `The function that grades is in ${home ?? 'no Region'}, and the job in ${region}.`)
}

function judgeValidation({hasValidation}: BaseQuestion, {validation}: Tuning): PreflightCheck {
  if (!hasValidation) return notApplicable('validation-set', 'There is no validation set.')
  return validation === null
    ? fail('validation-set', 'This base takes no validation set.', 'leave --validation out')
    : ok('validation-set', 'The base takes a validation set.')
}
