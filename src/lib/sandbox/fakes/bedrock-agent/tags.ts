import type * as Client from '@aws-sdk/client-bedrock-agent'
import {parseArn} from '../../../core/arn.js'
import {handlersFor} from '../../handler.js'
import {placeOf} from '../account-place.js'
import {notFound} from './refusals.js'

export const tags = handlersFor<typeof Client>()({
  ListTagsForResource({resourceArn}, context) {
    const {resources} = placeOf(context)
    const [kind = '', id] = parseArn(resourceArn)?.resource.split('/') ?? []
    const kinds: Readonly<Record<string, readonly Tagged[] | undefined>> = {
      agent: resources.agents,
      'knowledge-base': resources.knowledgeBases,
      flow: resources.flows,
      prompt: resources.prompts,
    }
    const found = kinds[kind]?.find((one) => one.id === id)
    if (!found) throw notFound(resourceArn)
    return {tags: {...found.tags}}
  },
})

interface Tagged {
  readonly id: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}
