import {agentDemand} from './agent/agent-demand.js'
import type {Demand, DemandContext} from './demand.js'
import {embeddingsDemand} from './embeddings/embeddings-demand.js'
import {importedModelDemand} from './imported-model/imported-model-demand.js'
import {inferenceDemand} from './inference/inference-demand.js'
import {mediaDemand} from './media/media-demand.js'
import {provisionedDemand} from './provisioned/provisioned-demand.js'
import {ragDemand} from './rag/rag-demand.js'
import {reservedDemand} from './reserved/reserved-demand.js'
import {selfHostedDemand} from './self-hosted/self-hosted-demand.js'
import {servicesDemand} from './services/services-demand.js'
import {trainingDemand} from './training/training-demand.js'
import type {Workload} from './workload.schema.js'

/** What a workload of any kind uses in a month. */
export function demandOf(workload: Workload, context: DemandContext): Demand {
  switch (workload.kind) {
    case 'agent':
      return agentDemand(workload, context)
    case 'inference':
      return inferenceDemand(workload, context)
    case 'imported-model':
      return importedModelDemand(workload, context)
    case 'embeddings':
      return embeddingsDemand(workload, context)
    case 'media':
      return mediaDemand(workload, context)
    case 'provisioned':
      return provisionedDemand(workload, context)
    case 'rag':
      return ragDemand(workload, context)
    case 'reserved':
      return reservedDemand(workload, context)
    case 'self-hosted':
      return selfHostedDemand(workload, context)
    case 'services':
      return servicesDemand(workload, context)
    case 'training':
      return trainingDemand(workload, context)
  }
}
