import {AccountClient, ListRegionsCommand} from '@aws-sdk/client-account'
import {
  BedrockClient,
  GetAccountDataRetentionCommand,
  GetCustomModelCommand,
  GetCustomModelDeploymentCommand,
  GetFoundationModelAvailabilityCommand,
  GetFoundationModelCommand,
  GetImportedModelCommand,
  GetInferenceProfileCommand,
  GetModelInvocationLoggingConfigurationCommand,
  GetProvisionedModelThroughputCommand,
  GetUseCaseForModelAccessCommand,
  ListFoundationModelAgreementOffersCommand,
  ListFoundationModelsCommand,
  ListInferenceProfilesCommand,
} from '@aws-sdk/client-bedrock'
import {DescribeRegionsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {GetProductsCommand, PricingClient} from '@aws-sdk/client-pricing'
import {ListServiceQuotasCommand, ServiceQuotasClient} from '@aws-sdk/client-service-quotas'
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import type {ClientConfig} from './wire.js'

/** One cheap read. */
export interface PermissionCall {
  readonly service: string
  /** Where it goes, when not to the Region asked about. */
  readonly region?: 'pricing'
  /** The action is probed on a resource that does not exist: a denial may be of that resource only. */
  readonly onNothing?: true
  send(clientFor: ClientFor, options: {readonly abortSignal: AbortSignal}): Promise<unknown>
}

/** The client of the call's service in its Region. */
type ClientFor = <Client extends PooledClient>(build: (config: ClientConfig) => Client) => Client
type PooledClient = BedrockClient | AccountClient | EC2Client | PricingClient | ServiceQuotasClient | STSClient

// A real model, because AWS answers for an unknown one before it looks at permissions.
const MODEL = 'amazon.nova-lite-v1:0'
const NOTHING = 'bedrockctl-doctor'

type Send = (client: BedrockClient, options: {readonly abortSignal: AbortSignal}) => Promise<unknown>

const bedrock = (send: Send, extra: {readonly onNothing?: true} = {}): PermissionCall => ({
  service: 'bedrock',
  ...extra,
  send: (clientFor, options) =>
    send(
      clientFor((config) => new BedrockClient(config)),
      options,
    ),
})

/** IAM action → the call that shows whether it is allowed. Only reads, and of one page. */
export const PERMISSION_CALLS: Readonly<Record<string, PermissionCall>> = {
  'bedrock:ListFoundationModels': bedrock((client, options) =>
    client.send(new ListFoundationModelsCommand({}), options),
  ),
  'bedrock:GetFoundationModel': bedrock((client, options) =>
    client.send(new GetFoundationModelCommand({modelIdentifier: MODEL}), options),
  ),
  'bedrock:ListInferenceProfiles': bedrock((client, options) =>
    client.send(new ListInferenceProfilesCommand({maxResults: 1}), options),
  ),
  'bedrock:GetFoundationModelAvailability': bedrock((client, options) =>
    client.send(new GetFoundationModelAvailabilityCommand({modelId: MODEL}), options),
  ),
  'bedrock:ListFoundationModelAgreementOffers': bedrock((client, options) =>
    client.send(new ListFoundationModelAgreementOffersCommand({modelId: MODEL}), options),
  ),
  'bedrock:GetAccountDataRetention': bedrock((client, options) =>
    client.send(new GetAccountDataRetentionCommand({}), options),
  ),
  'bedrock:GetUseCaseForModelAccess': bedrock((client, options) =>
    client.send(new GetUseCaseForModelAccessCommand({}), options),
  ),
  'bedrock:GetModelInvocationLoggingConfiguration': bedrock((client, options) =>
    client.send(new GetModelInvocationLoggingConfigurationCommand({}), options),
  ),
  'bedrock:GetInferenceProfile': bedrock(
    (client, options) => client.send(new GetInferenceProfileCommand({inferenceProfileIdentifier: NOTHING}), options),
    {onNothing: true},
  ),
  'bedrock:GetProvisionedModelThroughput': bedrock(
    (client, options) => client.send(new GetProvisionedModelThroughputCommand({provisionedModelId: NOTHING}), options),
    {onNothing: true},
  ),
  'bedrock:GetImportedModel': bedrock(
    (client, options) => client.send(new GetImportedModelCommand({modelIdentifier: NOTHING}), options),
    {onNothing: true},
  ),
  'bedrock:GetCustomModel': bedrock(
    (client, options) => client.send(new GetCustomModelCommand({modelIdentifier: NOTHING}), options),
    {onNothing: true},
  ),
  'bedrock:GetCustomModelDeployment': bedrock(
    (client, options) =>
      client.send(new GetCustomModelDeploymentCommand({customModelDeploymentIdentifier: NOTHING}), options),
    {onNothing: true},
  ),
  'sts:GetCallerIdentity': {
    service: 'sts',
    send: (clientFor, options) =>
      clientFor((config) => new STSClient(config)).send(new GetCallerIdentityCommand({}), options),
  },
  'account:ListRegions': {
    service: 'account',
    send: (clientFor, options) =>
      clientFor((config) => new AccountClient(config)).send(new ListRegionsCommand({MaxResults: 1}), options),
  },
  'ec2:DescribeRegions': {
    service: 'ec2',
    send: (clientFor, options) =>
      clientFor((config) => new EC2Client(config)).send(new DescribeRegionsCommand({}), options),
  },
  'pricing:GetProducts': {
    service: 'pricing',
    region: 'pricing',
    send: (clientFor, options) =>
      clientFor((config) => new PricingClient(config)).send(
        new GetProductsCommand({ServiceCode: 'AmazonBedrock', MaxResults: 1}),
        options,
      ),
  },
  'servicequotas:ListServiceQuotas': {
    service: 'service-quotas',
    send: (clientFor, options) =>
      clientFor((config) => new ServiceQuotasClient(config)).send(
        new ListServiceQuotasCommand({ServiceCode: 'bedrock', MaxResults: 1}),
        options,
      ),
  },
}
