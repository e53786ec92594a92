import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

const textBlock = z.union([z.object({text: z.string()}), z.object({type: z.literal('text'), text: z.string()})])

const messageSchema = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.union([z.string(), z.array(textBlock)]),
})

/** A conversation as people have it in files: a list of messages, or an object with one. */
export const messagesSchema = z.union([
  z.array(messageSchema).min(1),
  z.object({messages: z.array(messageSchema).min(1)}),
])
export type MessagesFile = Immutable<z.infer<typeof messagesSchema>>
