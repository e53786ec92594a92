import {numberOption} from '../measure.js'

/** ConverseStream, each request signed. */
export const CONVERSE = {dialect: 'converse-stream', path: '/model/truth/converse-stream', signed: true} as const

/** Chat completions as vLLM serves them. */
export const CHAT = {dialect: 'openai-chat', path: '/v1/chat/completions', signed: false} as const

/** As fast as the server can, which has every answer made; `--users` and `--requests` say otherwise. */
export function atFullSpeed(usual: {readonly users: number; readonly requests: number; readonly tokens: number}) {
  return {
    level: {kind: 'concurrency', users: numberOption('users', usual.users)},
    requests: numberOption('requests', usual.requests),
    bodies: 1000,
    durationMs: undefined,
    expectedE2eMs: 1,
    maxTokens: usual.tokens,
  } as const
}

const TOKENS = 64

/** 64 tokens on a schedule: `--ttft` and `--itl` in ms, `--users`, and `--waves` of their requests. */
export function onSchedule() {
  const pace = {ttftMs: numberOption('ttft', 200), itlMs: numberOption('itl', 20)}
  const users = numberOption('users', 1024)
  const job = {
    level: {kind: 'concurrency', users},
    requests: users * numberOption('waves', 10),
    durationMs: undefined,
    expectedE2eMs: pace.ttftMs + (TOKENS - 1) * pace.itlMs,
    maxTokens: TOKENS,
  } as const
  return {job, pace, users}
}
