import {expect, test} from 'vitest'
import type {CatalogModel} from '../../../../src/lib/catalog/catalog.schema.js'
import type {ModelAccessState} from '../../../../src/lib/models/access/access-ports.js'
import {type AccountFacts, judgeAccount} from '../../../../src/lib/models/access/account-verdict.js'

const OPEN: ModelAccessState = {
  agreement: 'AVAILABLE',
  agreementError: null,
  authorization: 'AUTHORIZED',
  entitlement: 'AVAILABLE',
  region: 'AVAILABLE',
}

const FACTS: AccountFacts = {
  region: 'us-east-1',
  regionEnabled: true,
  access: OPEN,
  accessUnreadReason: undefined,
  dataRetention: 'default',
  useCaseForm: true,
}

interface Case {
  readonly name: string
  readonly facts?: Partial<AccountFacts>
  readonly access?: Partial<ModelAccessState>
  readonly model?: Partial<Pick<CatalogModel, 'gated' | 'minimumDataRetention'>>
  readonly status?: CatalogModel['lifecycle']['status']
  readonly provider?: string
  readonly answer: 'yes' | 'no' | 'unknown'
  readonly codes: readonly string[]
}

const CASES: readonly Case[] = [
  {name: 'everything open', answer: 'yes', codes: []},
  {
    name: 'Region not enabled',
    facts: {regionEnabled: false, access: undefined},
    answer: 'no',
    codes: ['REGION_NOT_ENABLED'],
  },
  {name: 'caller not authorised', access: {authorization: 'NOT_AUTHORIZED'}, answer: 'no', codes: ['NOT_AUTHORIZED']},
  {name: 'not entitled', access: {entitlement: 'NOT_AVAILABLE'}, answer: 'no', codes: ['NOT_ENTITLED']},
  {
    name: 'not entitled to a gated model',
    access: {entitlement: 'NOT_AVAILABLE'},
    model: {gated: true},
    answer: 'no',
    codes: ['SALES_GATED'],
  },
  {
    name: 'no agreement yet: the first call makes it',
    access: {agreement: 'NOT_AVAILABLE'},
    answer: 'yes',
    codes: ['AGREEMENT_ON_FIRST_USE'],
  },
  {name: 'agreement pending', access: {agreement: 'PENDING'}, answer: 'yes', codes: ['AGREEMENT_PENDING']},
  {
    name: 'agreement failed',
    access: {agreement: 'ERROR', agreementError: 'card declined'},
    answer: 'no',
    codes: ['AGREEMENT_FAILED'],
  },
  {
    name: 'retention mode too low',
    model: {minimumDataRetention: 'aws_review'},
    answer: 'no',
    codes: ['DATA_RETENTION_TOO_LOW'],
  },
  {
    name: 'inherit is the default mode',
    facts: {dataRetention: 'inherit'},
    model: {minimumDataRetention: 'aws_review'},
    answer: 'no',
    codes: ['DATA_RETENTION_TOO_LOW'],
  },
  {
    name: 'retention mode above the minimum',
    facts: {dataRetention: 'provider_data_share'},
    model: {minimumDataRetention: 'aws_review'},
    answer: 'yes',
    codes: [],
  },
  {
    name: 'retention mode not read',
    facts: {dataRetention: undefined},
    model: {minimumDataRetention: 'aws_review'},
    answer: 'unknown',
    codes: ['DATA_RETENTION_TOO_LOW'],
  },
  {
    name: 'a retention word that is new',
    facts: {dataRetention: 'for_ever'},
    model: {minimumDataRetention: 'aws_review'},
    answer: 'unknown',
    codes: ['DATA_RETENTION_TOO_LOW'],
  },
  {
    name: 'Anthropic form missing',
    facts: {useCaseForm: false},
    provider: 'Anthropic',
    answer: 'no',
    codes: ['USE_CASE_FORM_MISSING'],
  },
  {
    name: 'Anthropic form not read',
    facts: {useCaseForm: undefined},
    provider: 'Anthropic',
    answer: 'unknown',
    codes: ['USE_CASE_FORM_MISSING'],
  },
  {name: 'the form is nothing to other makers', facts: {useCaseForm: false}, answer: 'yes', codes: []},
  {name: 'legacy model', status: 'LEGACY', answer: 'yes', codes: ['LEGACY_CUT_OFF']},
  {
    name: 'access not read',
    facts: {access: undefined, accessUnreadReason: 'denied'},
    answer: 'unknown',
    codes: ['NOT_READ'],
  },
]

test.each(CASES)('$name: $answer', ({facts, access, model, status = 'ACTIVE', provider = 'Meta', answer, codes}) => {
  const catalog = {
    id: 'm',
    gated: false,
    minimumDataRetention: null,
    ...model,
    lifecycle: {status, endOfLife: null},
  } as unknown as CatalogModel

  const verdict = judgeAccount(
    {id: 'm', provider, catalog},
    {...FACTS, ...(access ? {access: {...OPEN, ...access}} : {}), ...facts},
  )

  expect(verdict.answer).toBe(answer)
  expect(verdict.findings.map(({code}) => code)).toEqual(codes)
})
