import type {TunableBase, Tuning} from '../../../../../catalog/custom-models.schema.js'
import {converseSample} from './converse-sample.js'
import {claudeMessages, gradedPrompt, imageCaption, plainText, promptCompletion} from './plain-samples.js'
import type {SampleReader} from './sample.js'

/** How a base's lines are read for one kind of tuning. */
export function sampleReader({family, media}: TunableBase, {format}: Tuning): SampleReader {
  const nova = family.startsWith('nova')
  const reasoning = family === 'nova-2'
  switch (format) {
    case 'prompt-completion':
      return promptCompletion
    case 'converse':
      return converseSample({
        ...{answered: true, singleTurn: false, schemaVersion: false, reserved: nova},
        ...{media, reasoning},
      })
    case 'prompts':
      return converseSample({
        answered: false,
        singleTurn: !nova,
        schemaVersion: true,
        reserved: false,
        media: [],
        reasoning: false,
      })
    case 'claude':
      return claudeMessages
    case 'text':
      return plainText
    case 'image':
      return imageCaption
    case 'rft':
      return gradedPrompt
  }
}
