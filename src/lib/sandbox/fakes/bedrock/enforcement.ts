import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor} from '../../handler.js'
import {placeOf} from '../account-place.js'
import {bedrockPage} from './refusals.js'

export const enforcement = handlersFor<typeof Bedrock>()({
  ListEnforcedGuardrailsConfiguration({nextToken}, context) {
    const {resources, date} = placeOf(context)
    const all = resources.enforcedGuardrail ? [resources.enforcedGuardrail] : []
    const {items, next} = bedrockPage(all, {token: nextToken, size: 10, scope: 'enforced'})
    const by = context.world.principal(context.account, undefined)
    const configs = items.map((one) => ({
      configId: one.configId,
      guardrailArn: one.guardrailArn,
      guardrailId: one.guardrailArn.replace(/^.*guardrail\//, ''),
      guardrailVersion: one.version,
      selectiveContentGuarding: {
        system: one.system ?? ('COMPREHENSIVE' as const),
        messages: one.messages ?? ('COMPREHENSIVE' as const),
      },
      modelEnforcement: {
        includedModels: [...(one.includedModels ?? ['ALL'])],
        excludedModels: [...(one.excludedModels ?? [])],
      },
      createdAt: date(one.createdOn),
      createdBy: one.createdBy ?? by,
      updatedAt: date(one.createdOn),
      updatedBy: one.createdBy ?? by,
      owner: 'ACCOUNT' as const,
    }))
    return {guardrailsConfig: configs, nextToken: next}
  },
})
