import type {CustomModelFacts} from '../../catalog/custom-models.schema.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import {ACCOUNT_CHECKS, type AccountCheckName} from '../checks/account-checks.js'
import type {Judged} from '../checks/check.js'
import type {ImportedModel, ImportJob} from '../ports.js'
import {joinVerdicts, type Verdicts, verdictOf} from './judge-model.js'

/** What was read of an account; a sentence says why something was not, and undefined that it was not asked. */
export interface ImportAccountFacts {
  readonly region: string
  /** Of the imported model. */
  readonly name: string | undefined
  /** Role, rights, buckets and keys; undefined where there is nothing to ask: no role, no bucket. */
  readonly preflight: readonly PreflightCheck[]
  /** Why checks are missing in `preflight`. */
  readonly notAsked: Partial<Record<AccountCheckName, string>>
  readonly models: readonly ImportedModel[] | string
  readonly running: readonly ImportJob[] | string
  /** Applied quotas by their codes; a sentence where they were not read. */
  readonly quotas: ReadonlyMap<string, number> | string
}

/** Which check a judgement of the preflight belongs to, by the end of its id. */
const BY_PREFLIGHT: Readonly<Record<string, AccountCheckName>> = {
  'bucket-region': 'bucketRegion',
  'bucket-owner': 'bucketOwner',
  keys: 'keys',
  role: 'role',
  'role-trust': 'role',
  'role-read': 'roleRead',
  'create-job': 'caller',
  'pass-role': 'caller',
  upload: 'caller',
  network: 'network',
  'model-key': 'modelKey',
}
/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateModelImportJob.html */
const MODEL_NAME = /^(?:[0-9a-zA-Z][_-]?){1,63}$/
const MOST_NAME = 63

type Spoken = Judged | {readonly verdict: 'ok'; readonly said: string}

/** All checks of the account, each once. */
export function judgeAccount(known: ImportAccountFacts, facts: CustomModelFacts['imports']): Verdicts {
  const {preflight, notAsked} = known
  const own: Partial<Record<AccountCheckName, readonly Spoken[]>> = {
    models: [judgeRoom(known, facts)],
    jobs: [judgeRunning(known)],
    name: [judgeName(known)],
  }
  const names = Object.keys(ACCOUNT_CHECKS) as readonly AccountCheckName[]
  return joinVerdicts(
    names.map((name) => {
      const judged = preflight.filter(({id}) => BY_PREFLIGHT[id] === name).map(toSpoken)
      const all = [...judged, ...(own[name] ?? [])]
      const why = notAsked[name] ?? 'not judged'
      return verdictOf(ACCOUNT_CHECKS[name], all.length > 0 ? all : [{verdict: 'not-applicable', said: why}])
    }),
  )
}

/** Every check of the account, told as not judged for the same reason. */
export function accountNotAsked(why: string): Verdicts {
  const names = Object.keys(ACCOUNT_CHECKS) as readonly AccountCheckName[]
  return joinVerdicts(names.map((name) => verdictOf(ACCOUNT_CHECKS[name], [{verdict: 'not-applicable', said: why}])))
}

/** What works and is not as it should be has a way to mend it: a trust that lets strangers in. */
function toSpoken({fix, said, verdict}: PreflightCheck): Spoken {
  const more = fix === null ? {} : {fix}
  if (verdict === 'ok' && fix !== null) return {verdict: 'fail', severity: 'warning', said, ...more}
  return {verdict, said, ...more}
}

function judgeRoom({models, quotas, region}: ImportAccountFacts, facts: CustomModelFacts['imports']): Spoken {
  const {code, value} = facts.quotas.models
  if (typeof models === 'string') return {verdict: 'unknown', said: `Imported models could not be read: ${models}`}
  const applied = typeof quotas === 'string' ? undefined : quotas.get(code)
  const limit = applied ?? value
  const source = applied === undefined ? `the default of ${facts.asOf}` : 'the applied quota'
  const said = `${models.length} of ${limit} imported models are there in ${region} (${source}).`
  if (models.length < limit) return {verdict: 'ok', said}
  if (applied === undefined) return {verdict: 'unknown', said: `${said} The applied quota was not read.`}
  return {
    verdict: 'fail',
    said,
    fix: `bedrockctl imports delete MODEL --region ${region}, or ask for more of quota ${code}`,
  }
}

function judgeRunning({region, running}: ImportAccountFacts): Spoken {
  if (typeof running === 'string') return {verdict: 'unknown', said: `Import jobs could not be read: ${running}`}
  const [job] = running
  if (job === undefined) return {verdict: 'ok', said: `No import runs in ${region}.`}
  return {
    verdict: 'fail',
    said: `${job.name} runs in ${region} since ${job.createdAt}.`,
    fix: `bedrockctl imports watch ${job.name} --region ${region} tells when it is done; asking for more does not help`,
  }
}

function judgeName({models, name, region}: ImportAccountFacts): Spoken {
  if (name === undefined) return {verdict: 'not-applicable', said: 'not judged: no --name is given'}
  if (name.length > MOST_NAME || !MODEL_NAME.test(name)) {
    const fix = `Use letters and digits, with single - and _ between them, ${MOST_NAME} at most.`
    return {verdict: 'fail', said: `"${name}" is no name of an imported model.`, fix}
  }
  if (typeof models === 'string') return {verdict: 'unknown', said: `Imported models could not be read: ${models}`}
  if (!models.some((one) => one.name === name)) return {verdict: 'ok', said: `No imported model is called ${name}.`}
  return {verdict: 'fail', said: `${region} has an imported model ${name}.`, fix: 'Use another --name.'}
}
