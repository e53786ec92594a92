import type * as Client from '@aws-sdk/client-bedrock-agentcore-control'
import type {CredentialProviderVendorType, Oauth2ProviderConfigOutput} from '@aws-sdk/client-bedrock-agentcore-control'
import {handlersFor, type RequestContext} from '../../handler.js'
import {asApi} from '../../world/resources.js'
import {hexId} from '../../world/unique-id.js'
import {placeOf} from '../account-place.js'
import {corePage, notFound} from './refusals.js'

const DIRECTORY = 'workload-identity-directory/default/workload-identity'
const VAULT = 'token-vault/default'

// Secrets stay in Secrets Manager: their ARNs alone are told.
export const identities = handlersFor<typeof Client>()({
  ListWorkloadIdentities(input, context) {
    const {resources, arn} = placeOf(context)
    const {items, next} = corePage(resources.workloadIdentities ?? [], input, 'identities')
    const list = items.map(({name}) => ({name, workloadIdentityArn: arn('bedrock-agentcore', `${DIRECTORY}/${name}`)}))
    return {workloadIdentities: list, nextToken: next}
  },

  GetWorkloadIdentity({name}, context) {
    const {resources, date, arn} = placeOf(context)
    const found = resources.workloadIdentities?.find((one) => one.name === name)
    if (!found) throw notFound('WorkloadIdentity', name)
    return {
      name,
      workloadIdentityArn: arn('bedrock-agentcore', `${DIRECTORY}/${name}`),
      allowedResourceOauth2ReturnUrls: [...(found.returnUrls ?? [])],
      createdTime: date(found.createdOn),
      lastUpdatedTime: date(found.createdOn),
    }
  },

  ListOauth2CredentialProviders(input, context) {
    const {items, next} = corePage(providersHere(context, 'oauth2'), input, 'oauth2')
    const list = items.map((one) => ({...summarise(one, 'oauth2', context), credentialProviderVendor: vendorOf(one)}))
    return {credentialProviders: list, nextToken: next}
  },

  GetOauth2CredentialProvider({name}, context) {
    const found = providersHere(context, 'oauth2').find((one) => one.name === name)
    if (!found) throw notFound('Oauth2CredentialProvider', name)
    return {
      ...summarise(found, 'oauth2', context),
      credentialProviderVendor: vendorOf(found),
      clientSecretArn: {secretArn: secretArn(name, 'oauth2', context)},
      oauth2ProviderConfigOutput: asApi<Oauth2ProviderConfigOutput>(found.config ?? {}),
    }
  },

  ListApiKeyCredentialProviders(input, context) {
    const {items, next} = corePage(providersHere(context, 'apikey'), input, 'apikey')
    return {credentialProviders: items.map((one) => summarise(one, 'apikey', context)), nextToken: next}
  },

  GetApiKeyCredentialProvider({name}, context) {
    const found = providersHere(context, 'apikey').find((one) => one.name === name)
    if (!found) throw notFound('ApiKeyCredentialProvider', name)
    return {
      ...summarise(found, 'apikey', context),
      apiKeySecretArn: {secretArn: secretArn(name, 'apikey', context)},
    }
  },

  GetTokenVault({tokenVaultId = 'default'}, context) {
    if (tokenVaultId !== 'default') throw notFound('TokenVault', tokenVaultId)
    const {resources} = placeOf(context)
    const kmsKeyArn = resources.tokenVault?.kmsKeyArn
    const managed = {keyType: 'ServiceManagedKey' as const}
    return {
      tokenVaultId,
      kmsConfiguration: kmsKeyArn === undefined ? managed : {keyType: 'CustomerManagedKey' as const, kmsKeyArn},
      lastModifiedDate: new Date(resources.startedAt),
    }
  },
})

type Kind = 'oauth2' | 'apikey'
type Provider = ReturnType<typeof providersHere>[number]

function providersHere(context: RequestContext, kind: Kind) {
  const all = placeOf(context).resources.credentialProviders ?? []
  return all.filter(({vendor}) => (vendor !== undefined) === (kind === 'oauth2'))
}

const vendorOf = ({vendor}: Provider): CredentialProviderVendorType =>
  (vendor ?? 'CustomOauth2') as CredentialProviderVendorType

function summarise({name, createdOn}: Provider, kind: Kind, context: RequestContext) {
  const {date, arn} = placeOf(context)
  return {
    name,
    credentialProviderArn: arn('bedrock-agentcore', `${VAULT}/${kind}credentialprovider/${name}`),
    createdTime: date(createdOn),
    lastUpdatedTime: date(createdOn),
  }
}

function secretArn(name: string, kind: Kind, context: RequestContext): string {
  const suffix = hexId(`${context.account}/${kind}/${name}`, 6)
  return placeOf(context).arn('secretsmanager', `secret:bedrock-agentcore-identity!default/${kind}/${name}-${suffix}`)
}
