import type {JsonTape} from '../../jsonl/json-tape.js'
import type {BodyProblem} from './body-problem.js'
import {detectFamily, FAMILY_NAMES} from './detect-family.js'
import type {BodyFamily, BodyStats, FamilyId, ModelFacts} from './family.js'
import type {Shape} from './shape.js'
import {NO_TEXT} from './text-measure.js'
import {Walk} from './walk.js'

/** What makes a family: its shape, and how bodies are built and answers read. */
export interface FamilySpec extends Pick<BodyFamily, 'id' | 'takes' | 'build' | 'read'> {
  readonly shape: Shape
  /** Families whose bodies look alike, so that a guess between the two is none. */
  readonly kin?: readonly FamilyId[] | undefined
}

const NOTHING: BodyStats = {...NO_TEXT, maxOutputTokens: undefined, images: 0, s3Media: 0}

/** Of a body of InvokeModel, by the model of the API; whether it holds for records is not documented. */
const MOST_BYTES = 25_000_000

const TOO_LARGE: BodyProblem = {
  code: 'BODY_TOO_LARGE',
  severity: 'warning',
  path: 'modelInput',
  text: 'The body has more than 25,000,000 bytes, the most that InvokeModel takes: make it smaller.',
}

/** A family for bodies of one model. */
export function makeFamily(spec: FamilySpec, facts: ModelFacts): BodyFamily {
  const {build, id, kin = [], read, shape, takes} = spec
  const name = FAMILY_NAMES[id]
  const held: BodyProblem[] = []
  const hold = (problem: BodyProblem): void => {
    held.push(problem)
  }
  let walk: Walk | undefined

  /** Problems of a body of another family are one problem. */
  const tell = (tape: JsonTape, node: number, report: (problem: BodyProblem) => void): boolean => {
    const problems = held.splice(0)
    const other = problems.some(({severity}) => severity === 'error') ? detectFamily(tape, node) : undefined
    if (other !== undefined && other !== id && !kin.includes(other)) {
      report(otherFamily(FAMILY_NAMES[other], name))
      return true
    }
    for (const problem of problems) report(problem)
    return false
  }

  return {
    id,
    name,
    takes,
    facts,
    build,
    read,
    judge(tape, node, report) {
      walk ??= new Walk(facts, tape, hold)
      walk.begin(tape, hold)
      walk.visit(shape, node)
      if (tape.end(node) - tape.start(node) > MOST_BYTES && id !== 'converse') hold(TOO_LARGE)
      const isOther = held.length > 0 && tell(tape, node, report)
      return isOther ? NOTHING : walk.stats()
    },
  }
}

function otherFamily(found: string, wanted: string): BodyProblem {
  return {
    code: 'BODY_OF_OTHER_FAMILY',
    severity: 'error',
    path: 'modelInput',
    text: `This looks like ${found}, the job takes ${wanted}: build the records anew for it, or choose another model.`,
  }
}
