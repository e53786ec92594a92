import type {ReadContext} from '../../account/ports/readers.js'
import {collectPages} from '../paging.js'
import type {ClientConfig, Wire, WireClient} from '../wire.js'

interface SendOptions {
  readonly abortSignal: AbortSignal
}

/** Calls of one service in the place of one read. */
export interface Asking<Client> {
  /** One call; `operation` is the name of its IAM action without the prefix. */
  one<Answer>(operation: string, send: (client: Client, options: SendOptions) => Promise<Answer>): Promise<Answer>
  /** One listing to its end. */
  all<Page extends object, Item>(
    operation: string,
    pages: (client: Client, options: SendOptions) => AsyncIterable<Page>,
    itemsOf: (page: Page) => readonly Item[] | undefined,
  ): Promise<readonly Item[]>
}

interface ServiceDoor<Client> {
  readonly service: string
  /** Prefix of the IAM actions. */
  readonly prefix: string
  readonly build: (config: ClientConfig) => Client
}

/** Asks a service within the limits of the wire, in the Region of the context unless told another one. */
export function asks<Client extends WireClient>(
  wire: Wire,
  {service, prefix, build}: ServiceDoor<Client>,
): (context: ReadContext, region?: string) => Asking<Client> {
  return (context, region = context.region) => {
    const client = wire.client(service, region, build)
    const call = <Answer>(operation: string, run: (options: SendOptions) => Promise<Answer>) =>
      wire.call(service, {action: `${prefix}:${operation}`, region}, context.signal, (abortSignal) =>
        run({abortSignal}),
      )
    return {
      one: (operation, send) => call(operation, (options) => send(client, options)),
      all: (operation, pages, itemsOf) =>
        call(operation, (options) => collectPages(pages(client, options), itemsOf, nextTokenOf)),
    }
  }
}

/** Services spell it their own way. */
function nextTokenOf(page: object): string | undefined {
  const {nextToken, NextToken, Marker} = page as {nextToken?: string; NextToken?: string; Marker?: string}
  return nextToken ?? NextToken ?? Marker
}

/** Many calls for many things: no more than these wait at once, whatever their number. */
const AT_ONCE = 16

/** `map` over all items in their order, a bounded number at a time. */
export async function mapBounded<Item, Made>(
  items: readonly Item[],
  map: (item: Item) => Promise<Made>,
  atOnce = AT_ONCE,
): Promise<readonly Made[]> {
  const made = new Array<Made>(items.length)
  let next = 0
  const work = async () => {
    for (let index = next++; index < items.length; index = next++) made[index] = await map(items[index] as Item)
  }
  await Promise.all(Array.from({length: Math.min(atOnce, items.length)}, work))
  return made
}
