import type {Secret} from '../wire/lane.js'

const AHEAD_MS = 60_000
const AGAIN_MS = 5000

/** Asks for credentials again before those of now end, as long as a cell runs. */
export class SecretFeed {
  readonly #ask: () => Promise<Secret>
  readonly #tell: (secret: Secret) => void
  #timer: NodeJS.Timeout | undefined
  #stopped: boolean = false

  constructor(ask: () => Promise<Secret>, tell: (secret: Secret) => void) {
    this.#ask = ask
    this.#tell = tell
  }

  async start(): Promise<Secret> {
    const secret = await this.#ask()
    this.#renewBefore(secret)
    return secret
  }

  stop(): void {
    this.#stopped = true
    if (this.#timer) clearTimeout(this.#timer)
  }

  #renewBefore(secret: Secret): void {
    if (secret.kind !== 'keys' || secret.expiresAtMs === undefined) return
    const life = secret.expiresAtMs - Date.now()
    this.#renewIn(life <= 0 ? AGAIN_MS : life - Math.min(AHEAD_MS, life / 2))
  }

  #renewIn(ms: number): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => void this.#renew(), Math.min(ms, 2 ** 31 - 1))
    this.#timer.unref()
  }

  /** What cannot be renewed now is asked for again: the server says when it is too late. */
  async #renew(): Promise<void> {
    try {
      const secret = await this.#ask()
      if (this.#stopped) return
      this.#tell(secret)
      this.#renewBefore(secret)
    } catch {
      this.#renewIn(AGAIN_MS)
    }
  }
}
