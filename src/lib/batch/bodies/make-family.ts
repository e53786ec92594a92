import {sizeWords} from '../../core/text.js'
import type {JsonTape} from '../../jsonl/json-tape.js'
import {NO_TEXT} from '../../jsonl/text-measure.js'
import type {BodyProblem} from './body-problem.js'
import {FAMILY_NAMES, nameOfOther} from './detect-family.js'
import type {BodyFamily, BodyStats, FamilyId, ModelFacts} from './family.js'
import type {Shape} from './shape.js'
import {Walk} from './walk.js'

/** What makes a family: its shape, and how bodies are built and answers read. */
export interface FamilySpec extends Pick<BodyFamily, 'id' | 'takes' | 'build' | 'read'> {
  readonly shape: Shape
  /** Families whose bodies look alike, so that a guess between the two is none. */
  readonly kin?: readonly FamilyId[] | undefined
  /** Whether a member that it does not know is known to be refused ("extraneous key"); else it may be passed over. */
  readonly refusesUnknown: boolean
}

const NOTHING: BodyStats = {...NO_TEXT, maxOutputTokens: undefined, images: 0, s3Media: 0}

/** Of a body of InvokeModel, by the model of the API; whether it holds for records is not documented. */
const MOST_BYTES = 25_000_000

const TOO_LARGE: BodyProblem = {
  code: 'BODY_TOO_LARGE',
  severity: 'warning',
  path: 'modelInput',
  text: () => `The body has more than ${sizeWords(MOST_BYTES)}, the most that InvokeModel takes: make it smaller.`,
}

/** A family for bodies of one model. */
export function makeFamily(spec: FamilySpec, facts: ModelFacts): BodyFamily {
  const {build, id, kin = [], read, refusesUnknown, shape, takes} = spec
  const own = [id, ...kin]
  const name = FAMILY_NAMES[id]
  const held: BodyProblem[] = []
  const hold = (problem: BodyProblem): void => {
    held.push(problem)
  }
  let walk: Walk | undefined

  /** Problems of a body of another family are one problem. True where nothing else of it counts. */
  const tell = (tape: JsonTape, node: number, report: (problem: BodyProblem) => void): boolean => {
    const problems = held.splice(0)
    const isWrong = problems.some(({severity}) => severity === 'error')
    const isOdd = isWrong || problems.some(({code}) => code === 'MEMBER_UNKNOWN')
    const other = isOdd ? nameOfOther(tape, node, own) : undefined
    if (other !== undefined) report(otherFamily(other, id, isWrong ? 'error' : 'warning'))
    if (other !== undefined && isWrong) return true
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
      walk ??= new Walk(facts, tape, hold, refusesUnknown)
      walk.begin(tape, hold)
      walk.visit(shape, node)
      if (tape.end(node) - tape.start(node) > MOST_BYTES && id !== 'converse') hold(TOO_LARGE)
      const isOther = held.length > 0 && tell(tape, node, report)
      return isOther ? NOTHING : walk.stats()
    },
  }
}

function otherFamily(found: string, wanted: FamilyId, severity: BodyProblem['severity']): BodyProblem {
  const taker = wanted === 'converse' ? 'the job takes' : 'the model takes'
  return {
    code: 'BODY_OF_OTHER_FAMILY',
    severity,
    path: 'modelInput',
    text: () => `This is ${found}, ${taker} ${FAMILY_NAMES[wanted]}: ${remedyFor(found, wanted)}.`,
  }
}

function remedyFor(found: string, wanted: FamilyId): string {
  if (wanted === 'converse') return 'use --api invoke with a model that takes it, or prepare the records anew'
  const anew = 'prepare the records anew ("bedrockctl batch prepare")'
  return found === FAMILY_NAMES.converse && !/embed/.test(wanted)
    ? `use --api converse, or ${anew}`
    : `${anew}, or name a model that takes it`
}
