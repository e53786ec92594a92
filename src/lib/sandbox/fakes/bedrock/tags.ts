import type * as Bedrock from '@aws-sdk/client-bedrock'
import {type Tag, TooManyTagsException} from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../handler.js'
import {declaredTags} from './declared-tags.js'
import {here, resourceHere} from './place.js'
import {invalid, notFound} from './refusals.js'

const TAGS_PER_RESOURCE = 200

export const tagging = handlersFor<typeof Bedrock>()({
  ListTagsForResource({resourceARN}, context) {
    return {tags: [...tagsOf(resourceARN, context)]}
  },

  TagResource({resourceARN, tags}, context) {
    const merged = new Map(tagsOf(resourceARN, context).map((tag) => [tag.key, tag]))
    for (const tag of checkedTags(tags)) merged.set(tag.key, tag)
    if (merged.size > TAGS_PER_RESOURCE) {
      const message = `A resource can have at most ${TAGS_PER_RESOURCE} tags.`
      throw new TooManyTagsException({message, resourceName: resourceARN, $metadata: {}})
    }
    here(context).tags.set(resourceARN, [...merged.values()])
    return {}
  },

  UntagResource({resourceARN, tagKeys}, context) {
    const kept = tagsOf(resourceARN, context).filter(({key}) => key === undefined || !tagKeys.includes(key))
    here(context).tags.set(resourceARN, kept)
    return {}
  },
})

/** Tags as a request gave them; reserved and repeated keys are refused. */
export function checkedTags(tags: readonly Tag[]): readonly Tag[] {
  const keys = tags.map(({key}) => key ?? '')
  const reserved = keys.find((key) => key.toLowerCase().startsWith('aws:'))
  if (reserved !== undefined) throw invalid(`Tag keys beginning with aws: are reserved: ${reserved}`)
  if (new Set(keys).size < keys.length) throw invalid('The request contains duplicate tag keys.')
  return tags
}

function tagsOf(arn: string, context: RequestContext): readonly Tag[] {
  resourceHere(arn, context)
  const tags = here(context).tags.get(arn) ?? declaredTags(arn, context)
  if (!tags) throw notFound(`The resource ${arn} was not found.`)
  return tags
}
