import type {ErrorReport} from './error-report.schema.js'

/** Exit codes of every command; documented in the README and in each command's help. */
export const EXIT = {
  ok: 0,
  internal: 1,
  usage: 2,
  gate: 3,
  access: 4,
  service: 5,
  partial: 6,
  timedOut: 7,
  interrupted: 130,
} as const

/** Who can fix it; decides the exit code. */
export type Fault = 'usage' | 'gate' | 'access' | 'service' | 'internal' | 'timedOut' | 'interrupted'

export interface ErrorOptions {
  readonly fault: Fault
  /** One line: why it happened. */
  readonly why?: string | undefined
  /** One line: what to do next. */
  readonly hint?: string | undefined
  /** Commands that work as pasted, best first. */
  readonly actions?: readonly string[] | undefined
  /** AWS's request id, for a support case. */
  readonly requestId?: string | undefined
  /** The IAM action of the call that failed. */
  readonly action?: string | undefined
  /** How long the service asks to be left alone. */
  readonly retryAfterMs?: number | undefined
  readonly cause?: unknown
}

/** The sandbox is a bundle of its own, with its own copy of the class below: an error of either is known by this. */
const MARK = Symbol.for('bedrockctl.error')

/** An expected failure that stops the command. Findings ("not offered there") are data in a result, never this. */
export class BedrockctlError extends Error {
  static override [Symbol.hasInstance](value: unknown): value is BedrockctlError {
    return typeof value === 'object' && value !== null && MARK in value
  }

  override readonly name: string = 'BedrockctlError'
  readonly [MARK] = true
  /** Stable, upper snake case: scripts match on it. */
  readonly code: string
  readonly fault: Fault
  readonly why: string | undefined
  readonly hint: string | undefined
  readonly actions: readonly string[]
  readonly requestId: string | undefined
  readonly action: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: string, message: string, options: ErrorOptions) {
    super(message, {cause: options.cause})
    this.code = code
    this.fault = options.fault
    this.why = options.why
    this.hint = options.hint
    this.actions = options.actions ?? []
    this.requestId = options.requestId
    this.action = options.action
    this.retryAfterMs = options.retryAfterMs
  }

  get exitCode(): number {
    return EXIT[this.fault]
  }

  toReport(): ErrorReport {
    return {
      code: this.code,
      message: this.message,
      fault: this.fault,
      exitCode: this.exitCode,
      ...(this.why === undefined ? {} : {why: this.why}),
      ...(this.hint === undefined ? {} : {hint: this.hint}),
      actions: this.actions,
      ...(this.requestId === undefined ? {} : {requestId: this.requestId}),
    }
  }
}

/** A wrong flag, argument, id or file: exit 2. */
export function usageError(code: string, message: string, options: Omit<ErrorOptions, 'fault'> = {}): BedrockctlError {
  return new BedrockctlError(code, message, {...options, fault: 'usage'})
}
