import type {CatalogModel} from '../../catalog/catalog.schema.js'
import type {AccountFinding, AccountVerdict} from '../availability/availability.schema.js'
import type {ModelAccessState} from './access-ports.js'

/** What was read about one (account, Region, model); undefined members were not read. */
export interface AccountFacts {
  readonly region: string
  readonly regionEnabled: boolean | undefined
  readonly access: ModelAccessState | undefined
  /** Why `access` was not read. */
  readonly accessUnreadReason: string | undefined
  readonly dataRetention: string | undefined
  readonly useCaseForm: boolean | undefined
}

/** From weakest to strictest promise broken: a model answers when the account's mode is at or above its minimum. */
const RETENTION_ORDER = ['none', 'default', 'aws_review', 'provider_data_share']

/**
 * Whether this account may use a model in a Region, and what stands in the way. Access is automatic for most models
 * today: a missing Marketplace agreement is made on the first call, so it does not block by itself.
 * Source: Amazon Bedrock User Guide, "Access Amazon Bedrock foundation models" (read 2026-10).
 */
export function judgeAccount(
  model: {readonly id: string; readonly provider: string | null; readonly catalog: CatalogModel | undefined},
  facts: AccountFacts,
): AccountVerdict {
  const findings = [
    ...regionFindings(facts),
    ...accessFindings(model.catalog, facts),
    ...retentionFindings(model.catalog, facts),
    ...formFindings(model.provider, facts),
    ...legacyFindings(model.catalog),
  ]
  const blocked = findings.some(({blocks}) => blocks === 'yes')
  const unsure = findings.some(({blocks}) => blocks === 'unknown')
  return {answer: blocked ? 'no' : unsure ? 'unknown' : 'yes', findings}
}

function regionFindings({region, regionEnabled}: AccountFacts): AccountFinding[] {
  if (regionEnabled !== false) return []
  return [
    {
      code: 'REGION_NOT_ENABLED',
      blocks: 'yes',
      message: `${region} is an opt-in Region that this account has not enabled`,
      remedy: `aws account enable-region --region-name ${region}`,
    },
  ]
}

function accessFindings(catalog: CatalogModel | undefined, facts: AccountFacts): AccountFinding[] {
  const {access} = facts
  if (facts.regionEnabled === false) return []
  if (!access) {
    return [
      {
        code: 'NOT_READ',
        blocks: 'unknown',
        message: facts.accessUnreadReason ?? 'the account’s access was not read',
        remedy: 'grant bedrock:GetFoundationModelAvailability',
      },
    ]
  }
  const findings: AccountFinding[] = []
  if (access.authorization === 'NOT_AUTHORIZED') {
    findings.push({
      code: 'NOT_AUTHORIZED',
      blocks: 'yes',
      message: 'the caller is not authorised to use it',
      remedy: 'allow bedrock:InvokeModel on the model for this caller',
    })
  }
  if (access.entitlement === 'NOT_AVAILABLE') findings.push(entitlementFinding(catalog))
  return [...findings, ...agreementFindings(access)]
}

function entitlementFinding(catalog: CatalogModel | undefined): AccountFinding {
  if (catalog?.gated) {
    return {
      code: 'SALES_GATED',
      blocks: 'yes',
      message: 'AWS decides access to it per account',
      remedy: 'ask your AWS account team; no form or subscription grants it',
    }
  }
  return {
    code: 'NOT_ENTITLED',
    blocks: 'yes',
    message: 'the account is not entitled to it',
    remedy: `bedrockctl models access request ${catalog?.id ?? ''}`.trim(),
  }
}

function agreementFindings({agreement, agreementError}: ModelAccessState): AccountFinding[] {
  switch (agreement) {
    case 'AVAILABLE':
      return []
    case 'PENDING':
      return [
        {
          code: 'AGREEMENT_PENDING',
          blocks: 'no',
          message: 'its Marketplace agreement is being made (up to 15 minutes; calls may fail meanwhile)',
          remedy: null,
        },
      ]
    case 'ERROR':
      return [
        {
          code: 'AGREEMENT_FAILED',
          blocks: 'yes',
          message: `its Marketplace agreement failed${agreementError ? `: ${agreementError}` : ''}`,
          remedy: 'check the payment method and the caller’s aws-marketplace permissions',
        },
      ]
    default:
      return [
        {
          code: 'AGREEMENT_ON_FIRST_USE',
          blocks: 'no',
          message: 'no agreement yet; the first call makes it',
          remedy: 'the first caller needs aws-marketplace:Subscribe, Unsubscribe and ViewSubscriptions',
        },
      ]
  }
}

function retentionFindings(
  catalog: CatalogModel | undefined,
  {dataRetention, regionEnabled}: AccountFacts,
): AccountFinding[] {
  const minimum = catalog?.minimumDataRetention
  if (!minimum || regionEnabled === false || RETENTION_ORDER.indexOf(minimum) <= RETENTION_ORDER.indexOf('default'))
    return []
  const needs = `it needs the account’s data-retention mode ${minimum} in the called Region`
  const remedy = `aws bedrock put-account-data-retention --mode ${minimum}`
  if (dataRetention === undefined)
    return [
      {
        code: 'DATA_RETENTION_TOO_LOW',
        blocks: 'unknown',
        message: `${needs}; the mode was not read`,
        remedy: 'grant bedrock:GetAccountDataRetention',
      },
    ]
  const mode = RETENTION_ORDER.indexOf(dataRetention === 'inherit' ? 'default' : dataRetention)
  if (mode === -1)
    return [
      {
        code: 'DATA_RETENTION_TOO_LOW',
        blocks: 'unknown',
        message: `${needs}; the mode is ${dataRetention}, which is new to us`,
        remedy: null,
      },
    ]
  if (mode >= RETENTION_ORDER.indexOf(minimum)) return []
  return [{code: 'DATA_RETENTION_TOO_LOW', blocks: 'yes', message: `${needs}; it is ${dataRetention}`, remedy}]
}

/** Anthropic's first-use form: once per account or organization management account. */
function formFindings(provider: string | null, {useCaseForm, regionEnabled}: AccountFacts): AccountFinding[] {
  if (provider !== 'Anthropic' || regionEnabled === false || useCaseForm === true) return []
  if (useCaseForm === undefined) {
    return [
      {
        code: 'USE_CASE_FORM_MISSING',
        blocks: 'unknown',
        message: 'whether Anthropic’s use-case form was submitted was not read',
        remedy: 'grant bedrock:GetUseCaseForModelAccess',
      },
    ]
  }
  return [
    {
      code: 'USE_CASE_FORM_MISSING',
      blocks: 'yes',
      message: 'Anthropic’s use-case form has not been submitted in this account',
      remedy:
        'submit it once: aws bedrock put-use-case-for-model-access, or in the console’s model catalog (an organization’s management account may have done it for all)',
    },
  ]
}

function legacyFindings(catalog: CatalogModel | undefined): AccountFinding[] {
  if (catalog?.lifecycle.status !== 'LEGACY') return []
  return [
    {
      code: 'LEGACY_CUT_OFF',
      blocks: 'no',
      message: 'it is legacy: new customers are refused, and 15 days without a call can end access',
      remedy: `plan the move${catalog.lifecycle.endOfLife ? ` before ${catalog.lifecycle.endOfLife}` : ''}: bedrockctl models lifecycle`,
    },
  ]
}
