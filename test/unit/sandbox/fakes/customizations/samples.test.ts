import {describe, expect, test} from 'vitest'
import {openCatalog} from '../../../../../src/lib/catalog/open-catalog.js'
import {sampleReader} from '../../../../../src/lib/sandbox/fakes/bedrock/customizations/data/sample-reader.js'

const {bases} = await (await openCatalog()).customModels()

/** What a line of a base's data set for this kind of tuning comes to. */
function read(id: string, row: Readonly<Record<string, unknown>>, type = 'FINE_TUNING') {
  const base = bases.find((one) => one.id === id)
  const tuning = base?.tunings.find((one) => one.type === type)
  if (!base || !tuning) throw new Error(`${id} is not tuned by ${type}`)
  return sampleReader(base, tuning)(row)
}

const CLAUDE = 'anthropic.claude-3-haiku-20240307-v1:0:200k'
const TITAN = 'amazon.titan-embed-image-v1:0'
const EXPRESS = 'amazon.titan-text-express-v1:0:8k'
const LLAMA = 'meta.llama3-1-8b-instruct-v1:0:128k'
const NOVA = 'amazon.nova-micro-v1:0:128k'
const LITE = 'amazon.nova-lite-v1:0:300k'
const image = (format: string) => ({image: {format, source: {s3Location: {uri: 's3://b/a'}}}})
const user = (content: unknown) => ({role: 'user', content})
const assistant = (content: unknown) => ({role: 'assistant', content})
const text = (value: string) => [{text: value}]

describe('a line of a data set', () => {
  test.each([
    [CLAUDE, {system: 'Be kind.', messages: [user('Hi'), assistant('Ho')]}, {input: 'Be kind.\nHi', output: 'Ho'}],
    [TITAN, {'image-ref': 's3://b/a.png', caption: 'a spade'}, {input: 'a spade', media: ['s3://b/a.png']}],
    [NOVA, {system: text('Be kind.'), messages: [user(text('Hi')), assistant(text('Ho'))]}, {input: 'Be kind.\nHi'}],
    [LLAMA, {prompt: 'Hi', completion: 'Ho'}, {input: 'Hi', output: 'Ho'}],
  ])('of %s is read', (id, row, sample) => {
    expect(read(id, row)).toMatchObject(sample)
  })

  test.each([
    [CLAUDE, {messages: [user('Hi')]}, /last message/],
    [CLAUDE, {messages: [user(text('Hi')), assistant('Ho')]}, /must be a text/],
    [TITAN, {'image-ref': 'a.png', caption: 'a spade'}, /image-ref/],
    [LLAMA, {prompt: 'Hi', completion: 'Ho', id: 1}, /must follow/],
    [LLAMA, {prompt: 'Hi', completion: ''}, /must follow/],
    [NOVA, {messages: 'Hi'}, /messages must be a list/],
    [NOVA, {messages: [user([{image: {}}]), assistant(text('Ho'))]}, /takes none of/],
    [LITE, {messages: [user([image('jpg')]), assistant(text('Ho'))]}, /image of the format jpg/],
    [LITE, {messages: [user(Array(11).fill(image('png'))), assistant(text('Ho'))]}, /more than 10 images/],
    [LITE, {messages: [user([{image: {format: 'png'}}]), assistant(text('Ho'))]}, /without source.s3Location.uri/],
    [LITE, {messages: [user([{toolUse: {}}]), assistant(text('Ho'))]}, /toolUse in a message of 'user'/],
    [LITE, {messages: [user(text('Hi')), assistant([{toolResult: {}}])]}, /toolResult in a message of 'assistant'/],
    [NOVA, {messages: [user(text('Hi')), assistant([{image: {}}])]}, /must not hold an? image/],
    [NOVA, {system: 'Be kind.', messages: [user(text('Hi')), assistant(text('Ho'))]}, /system must be a list/],
  ])('of %s is refused', (id, row, problem) => {
    expect(read(id, row)).toMatch(problem)
  })

  test('of a pre-training is a text', () => {
    expect(read(EXPRESS, {input: 'Spades are tools.'}, 'CONTINUED_PRE_TRAINING')).toMatchObject({
      input: 'Spades are tools.',
    })
    expect(read(EXPRESS, {text: 'Spades are tools.'}, 'CONTINUED_PRE_TRAINING')).toMatch(/must follow/)
  })

  test('of a distillation may lack its answer; of Llama it has one turn', () => {
    const more = [user(text('Hi')), assistant(text('Ho')), user(text('And?'))]
    const row = (messages: unknown) => ({schemaVersion: 'bedrock-conversation-2024', messages})

    expect(read(LLAMA, row([user(text('Hi'))]), 'DISTILLATION')).toMatchObject({input: 'Hi', output: ''})
    expect(read(NOVA, row(more), 'DISTILLATION')).toMatchObject({input: 'Hi\nAnd?', output: 'Ho'})
    expect(read(LLAMA, row(more), 'DISTILLATION')).toMatch(/more than one turn/)
    expect(read(NOVA, {messages: more}, 'DISTILLATION')).toMatch(/schemaVersion/)
  })

  test('of a reinforcement has a question, and the system before it', () => {
    const rft = (messages: unknown) =>
      read('amazon.nova-2-lite-v1:0:256k', {messages, reference_answer: 4}, 'REINFORCEMENT_FINE_TUNING')

    expect(rft([{role: 'system', content: 'Count.'}, user('2 + 2?')])).toMatchObject({input: 'Count.\n2 + 2?'})
    expect(rft([user('2 + 2?'), {role: 'system', content: 'Count.'}])).toMatch(/must be the first/)
    expect(rft([assistant('4')])).toMatch(/one of 'user'/)
    expect(rft([{role: 'tool', content: '4'}])).toMatch(/role is not known/)
  })
})
