import {once} from 'node:events'
import type {Settings} from '../../config/settings.js'
import {BedrockctlError} from '../../core/errors.js'
import type {ActionAsk, RunAction} from '../../monitor/board/actions.js'
import type {BoardState} from '../../monitor/board/state.js'
import type {Topic} from '../../monitor/board/topics.js'
import type {Connection} from '../connect.js'
import {type Live, startLive} from './live.js'
import type {MonitorOptions} from './options.js'
import type {Teller, TellerWish, Telling} from './teller.js'

type Connect = (settings: Settings) => Promise<Connection>

/** An account that is asked again and again; `connect` opens it as settings say, and closes it when the program ends. */
export class AccountTeller implements Teller {
  readonly subject
  readonly #bill: boolean
  readonly #allowActions: boolean
  readonly #connect: Connect
  #settings: Settings
  #intervalMs: number
  #shown: ReadonlySet<Topic> | undefined
  #telling: Telling | undefined
  #live: Live | undefined
  #stop = new AbortController()
  #run: Promise<RunAction> | undefined

  constructor({allowActions, bill, intervalMs}: MonitorOptions, settings: Settings, connect: Connect) {
    this.#bill = bill
    this.#allowActions = allowActions
    this.#connect = connect
    this.#settings = settings
    this.#intervalMs = intervalMs
    this.subject = {
      ...{account: null, profile: settings.profile ?? null, regions: [], replayed: false},
      simulated: settings.sandbox !== undefined,
      ...{sandbox: settings.sandbox ?? null, endpointUrl: settings.endpointUrl ?? null},
    }
  }

  now(): number {
    return this.#live?.now() ?? Date.now()
  }

  get intervalMs(): number {
    return this.#intervalMs
  }

  async tell(telling: Telling): Promise<void> {
    this.#telling = telling
    this.#shown = telling.shown
    const {signal} = telling
    await this.#open(telling, this.#settings)
    await this.#offer(telling)
    if (!signal.aborted) await once(signal, 'abort')
  }

  show(topics: ReadonlySet<Topic>): void {
    this.#shown = topics
    this.#live?.sampler.show(topics)
  }

  wish(wish: TellerWish, state: BoardState): void {
    switch (wish.type) {
      case 'refresh':
        this.#live?.sampler.refresh()
        break
      case 'interval':
        this.#pace(wish.intervalMs)
        break
      case 'switch-regions':
        void this.#watch(wish.regions)
        break
      case 'switch-profile':
        void this.#switch(wish.profile)
        break
      case 'act':
        void this.#act(wish.ask, state)
        break
    }
  }

  async #open(telling: Telling, settings: Settings): Promise<void> {
    const connection = await this.#connect(settings)
    const stop = new AbortController()
    const live = await startLive(connection, {
      ...{settings, bill: this.#bill, intervalMs: this.#intervalMs, shown: this.#shown},
      ...{topics: telling.topics, firstRoundMs: telling.firstRoundMs, emit: telling.emit},
      signal: AbortSignal.any([telling.signal, stop.signal]),
    })
    this.#stop.abort()
    this.#live?.door.session.close()
    this.#stop = stop
    this.#live = live
    this.#settings = settings
    this.#run = undefined
  }

  #pace(intervalMs: number): void {
    this.#intervalMs = intervalMs
    this.#live?.sampler.pace(intervalMs)
  }

  async #watch(regions: 'used' | 'all' | readonly string[]): Promise<void> {
    const live = this.#live
    if (live === undefined) return
    live.sampler.watch(regions === 'used' ? [] : regions === 'all' ? await live.regions : regions)
  }

  /** The one before is watched until the other answers. */
  async #switch(profile: string): Promise<void> {
    const telling = this.#telling
    if (telling === undefined) return
    try {
      await this.#open(telling, {...this.#settings, profile})
      await this.#offer(telling)
    } catch (error) {
      if (!(error instanceof BedrockctlError)) throw error
      telling.say(`${profile}: ${error.message}`, 'bad')
    }
  }

  async #act(ask: ActionAsk, state: BoardState): Promise<void> {
    const {door} = this.#live ?? {}
    const telling = this.#telling
    if (door === undefined || telling === undefined || !this.#allowActions) return
    this.#run ??= import('./actions/actions.js').then(({openActions}) => openActions(door))
    const run = await this.#run
    const onProgress = (text: string) => telling.say(text, undefined)
    const {text, tone} = await run(ask, state, {signal: telling.signal, onProgress})
    telling.say(text, tone)
    this.#live?.sampler.refresh()
  }

  /** A sandbox has one account, whatever the profile. */
  async #offer(telling: Telling): Promise<void> {
    const profiles = this.#settings.sandbox === undefined ? await profileNames() : []
    telling.offer({profiles, regions: (await this.#live?.regions) ?? []})
  }
}

async function profileNames(): Promise<readonly string[]> {
  const {readProfiles} = await import('../../aws/profiles.js')
  return [...(await readProfiles()).keys()]
}
