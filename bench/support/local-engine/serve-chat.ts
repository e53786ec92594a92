import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {LlamaModel, LlamaSequence} from './llama.js'

/** What a request may ask for. */
interface Chat {
  readonly messages: readonly {readonly content: unknown}[]
  readonly max_tokens?: number
  readonly stream?: boolean
  readonly stream_options?: {readonly include_usage?: boolean}
}

const HEAD = {id: 'chatcmpl-local', created: 0, model: 'random'}

/** Chat completions of a real engine, as many at once as it has sequences; the rest wait. */
export function serveChat(model: LlamaModel, sequences: readonly LlamaSequence[]): Server {
  const free = [...sequences]
  const waiting: ((sequence: LlamaSequence) => void)[] = []
  const take = () =>
    new Promise<LlamaSequence>((given) => {
      const sequence = free.pop()
      if (sequence) given(sequence)
      else waiting.push(given)
    })
  const giveBack = (sequence: LlamaSequence) => {
    const next = waiting.shift()
    if (next) next(sequence)
    else free.push(sequence)
  }
  return createServer(async (request, response) => {
    if (request.method === 'GET') return answerJson(response, {object: 'list', data: [{id: 'random', object: 'model'}]})
    const chat: Chat = JSON.parse(await bodyOf(request))
    const sequence = await take()
    try {
      await answer(model, sequence, chat, response)
    } finally {
      giveBack(sequence)
    }
  })
}

async function answer(model: LlamaModel, sequence: LlamaSequence, chat: Chat, response: ServerResponse): Promise<void> {
  const prompt = [1, ...model.tokenize(chat.messages.map(({content}) => textOf(content)).join('\n'))].slice(0, 1500)
  const most = Math.min(chat.max_tokens ?? 128, 1500)
  const chunk = (members: object) =>
    `data: ${JSON.stringify({...HEAD, object: 'chat.completion.chunk', ...members})}\n\n`
  const choice = (delta: object, finish: string | null = null) =>
    chunk({choices: [{index: 0, delta, finish_reason: finish}]})
  let made = 0
  let whole = ''
  await sequence.clearHistory()
  if (chat.stream) {
    response.writeHead(200, {'content-type': 'text/event-stream'})
    response.write(choice({role: 'assistant', content: ''}))
  }
  for await (const token of sequence.evaluate(prompt, {temperature: 1})) {
    made += 1
    const text = model.detokenize([token])
    if (chat.stream) response.write(choice({content: text}))
    else whole += text
    if (made >= most || response.destroyed) break
  }
  const finish = made >= most ? 'length' : 'stop'
  const usage = {prompt_tokens: prompt.length, completion_tokens: made, total_tokens: prompt.length + made}
  if (chat.stream) {
    response.write(choice({}, finish))
    if (chat.stream_options?.include_usage) response.write(chunk({choices: [], usage}))
    response.end('data: [DONE]\n\n')
    return
  }
  const message = {role: 'assistant', content: whole}
  answerJson(response, {
    ...HEAD,
    object: 'chat.completion',
    choices: [{index: 0, message, finish_reason: finish}],
    usage,
  })
}

/** Contents are text, or parts of which some are text. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  return Array.isArray(content) ? content.map(({text}) => text ?? '').join('') : ''
}

function answerJson(response: ServerResponse, body: object): void {
  response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
