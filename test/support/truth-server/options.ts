/** How an OpenAI-compatible server words its chat stream; LM Studio and NIM do as vLLM does. */
export const FLAVOURS = ['vllm', 'sglang', 'tgi', 'llama.cpp', 'transformers', 'ollama'] as const

/** What goes wrong, and when: before the answer, in its place, or in the middle of its stream. */
export const FAULTS = [
  'none',
  // In place of an answer.
  'not-found',
  'unauthorized',
  'forbidden',
  'wrong-model',
  'throttled',
  'quota',
  'unavailable',
  'html',
  'whole-json',
  'hang-up',
  'silence',
  // In the middle of a stream, after `afterEvents` token events.
  'stall',
  'reset',
  'early-end',
  'cut-chunk',
  'truncated-json',
  'garbled',
  'error-event',
  'huge-event',
  'endless',
  // All of the answer is there.
  'negative-usage',
  'slow-headers',
] as const

export type Flavour = (typeof FLAVOURS)[number]
export type FaultKind = (typeof FAULTS)[number]

/** How the server behaves; every member may be changed while it runs. */
export interface TruthOptions {
  readonly flavour: Flavour
  /** The one model it has; other names are refused when `strict`. */
  readonly model: string
  /** Looks into the body for model, `stream`, usage asked for and key. Off: every request is answered the same. */
  readonly strict: boolean
  /** Bearer key that is demanded; empty: none. */
  readonly key: string
  /** From the last byte of the request to the first token event. */
  readonly ttftMs: number
  /** Between token events. */
  readonly itlMs: number
  /** Gaps vary by this share to both sides; 0.5: from half to one and a half. */
  readonly jitter: number
  readonly seed: number
  /** Tokens of an answer, reasoning included; 'asked': the maximum that the request names. */
  readonly tokens: number | 'asked'
  /** Of the tokens, how many reason; they come first. */
  readonly reasoning: number
  readonly tokensPerEvent: number
  /** Events that are held back to be written together. */
  readonly eventsPerWrite: number
  /** Bytes a write, each in a turn of its own; 0: as many as there are. */
  readonly pieceBytes: number
  /** Input tokens to report; 'words': one a word of the body. */
  readonly inputTokens: number | 'words'
  /** Of these, read from the cache; undefined: not reported. */
  readonly cachedTokens: number | undefined
  readonly usage: 'asked' | 'on' | 'off'
  /** `[DONE]`; undefined: as the flavour does. */
  readonly done: boolean | undefined
  readonly crlf: boolean
  /** Headers and what comes before the first token go out at once, not with it. */
  readonly earlyHeaders: boolean
  /** Place in the body of ten digits that name the request in the log; -1: none. */
  readonly idAt: number
  readonly fault: {
    readonly kind: FaultKind
    /** Of all requests, how many meet it, drawn by the seed. */
    readonly share: number
    readonly afterEvents: number
    readonly retryAfter: string
    /** Bytes of the huge event, or milliseconds of slow headers. */
    readonly amount: number
  }
  /** Requests that the log keeps. */
  readonly logRows: number
}

const DEFAULTS: TruthOptions = {
  flavour: 'vllm',
  model: 'truth',
  strict: true,
  key: '',
  ttftMs: 0,
  itlMs: 0,
  jitter: 0,
  seed: 1,
  tokens: 16,
  reasoning: 0,
  tokensPerEvent: 1,
  eventsPerWrite: 1,
  pieceBytes: 0,
  inputTokens: 'words',
  cachedTokens: undefined,
  usage: 'asked',
  done: undefined,
  crlf: false,
  earlyHeaders: false,
  idAt: -1,
  fault: {kind: 'none', share: 1, afterEvents: 3, retryAfter: '1', amount: 32 * 1024 * 1024},
  logRows: 262_144,
}

/** Options to change; those of the fault one by one. */
export type TruthChanges = Partial<Omit<TruthOptions, 'fault'>> & {readonly fault?: Partial<TruthOptions['fault']>}

/** `before` with the changes; a name that is no option is a mistake of the test. */
export function changeOptions(changes: TruthChanges, before: TruthOptions = DEFAULTS): TruthOptions {
  refuseUnknown(changes, DEFAULTS)
  refuseUnknown(changes.fault ?? {}, DEFAULTS.fault)
  const fault = {...before.fault, ...changes.fault}
  if (!FAULTS.includes(fault.kind)) throw new Error(`no fault ${fault.kind}`)
  return {...before, ...changes, fault}
}

function refuseUnknown(given: object, known: object): void {
  for (const name of Object.keys(given)) if (!(name in known)) throw new Error(`no option ${name}`)
}
