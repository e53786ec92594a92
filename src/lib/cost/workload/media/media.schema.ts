import {z} from 'zod'
import {call, tierName, volume} from '../fields.schema.js'

const variant = z
  .string()
  .min(1)
  .optional()
  .describe('Size, quality or resolution as `cost prices` names it, where the price depends on it.')

const tokens = z
  .strictObject({
    input: volume.optional().describe('In the month.'),
    output: volume.optional().describe('In the month.'),
  })
  .optional()

export const mediaShape = {
  kind: z.literal('media').describe('Images, video, audio and speech, in and out of one model.'),
  ...call,
  tier: tierName.default('standard').describe('Service tier.'),
  generatedImages: z
    .strictObject({count: volume.describe('How many: 10k/month.'), variant})
    .optional()
    .describe('Images that the model makes.'),
  generatedVideo: z
    .strictObject({seconds: volume.describe('Of all videos of the month together.'), variant})
    .optional()
    .describe('Video that the model makes.'),
  inputImages: z
    .strictObject({count: volume.describe('How many: 10k/month.'), variant})
    .optional()
    .describe('Images given to a model that bills them by count.'),
  inputVideoSeconds: volume.optional().describe('Video given to a model that bills it by the second.'),
  inputAudioSeconds: volume.optional().describe('Audio given to a model that bills it by the second.'),
  speechTokens: tokens.describe('Speech heard and spoken, in speech tokens.'),
  imageTokens: tokens.describe('Images seen and made by a model that bills them as tokens of their own.'),
  textTokens: tokens.describe('Text beside it: prompts, transcripts, tool calls, answers.'),
}
