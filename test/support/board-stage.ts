import {boardReducer, initialBoardState} from '../../src/lib/monitor/board/reduce.js'
import type {BoardEvent, BoardState, Subject} from '../../src/lib/monitor/board/state.js'
import type {BoardRow, BoardTable, BoardView} from '../../src/lib/monitor/board/view.js'
import type {Size} from '../../src/lib/monitor/size.js'

export const BOARD_NOW = Date.parse('2026-11-21T09:14:05Z')

export const SUBJECT: Subject = {
  account: '111122223333',
  profile: 'dev',
  regions: ['eu-central-1', 'us-east-1', 'us-west-2'],
  simulated: true,
  replayed: false,
}

const NAMES = [
  'anthropic.claude-sonnet-4-5-20250929-v1:0',
  'amazon.nova-lite-v1:0',
  'eu.anthropic.claude-sonnet-4-6',
  '漢字-プロファイル',
  'team-🚀-profile',
] as const

/** A view of rows that are made up: `count` models with rates. */
export function modelsView(count = 43): BoardView {
  const rows = Array.from({length: count}, (_, at): BoardRow => {
    const name = at < NAMES.length ? (NAMES[at] ?? '') : `meta.llama-${at}-instruct-v1:0`
    const rate = ((count - at) * 7919) % 997
    const throttles = at % 9 === 2 ? at * 3 : 0
    return {
      key: `model ${at}`,
      id: `arn:aws:bedrock:eu-central-1::foundation-model/${name}`,
      cells: {
        name: {text: name, tone: 'id'},
        region: {text: at % 3 === 0 ? 'us-east-1' : 'eu-central-1'},
        rate: {text: (rate / 10).toFixed(1), sort: rate},
        tokens: {text: `${rate * 3}k`, sort: rate * 3},
        latency: {text: at % 5 === 4 ? '-' : `${400 + at * 3}`, sort: at % 5 === 4 ? undefined : 400 + at * 3},
        throttles: {
          text: String(throttles),
          sort: throttles,
          ...(throttles > 0 && ({tone: 'bad'} as const)),
        },
      },
      actions: at === 0 ? [{name: 'stop', effect: 'Stops it; what is done stays.', confirm: 'stop it'}] : [],
    }
  })
  const table: BoardTable = {
    columns: [
      {key: 'name', title: 'MODEL', least: 20, most: 48, drop: 0},
      {key: 'region', title: 'REGION', least: 12, most: 14, drop: 2},
      {key: 'rate', title: 'REQ/S', align: 'right', least: 6, most: 8, drop: 0, first: 'descending'},
      {key: 'tokens', title: 'TOK/MIN', align: 'right', least: 8, most: 10, drop: 1, first: 'descending'},
      {key: 'latency', title: 'P50 MS', align: 'right', least: 7, most: 8, drop: 3},
      {key: 'throttles', title: 'THROTTLES', align: 'right', least: 9, most: 9, drop: 0, first: 'descending'},
    ],
    rows,
    sortedBy: '-rate',
    empty: 'No model was called in the last three hours.',
  }
  return {
    name: 'models',
    title: 'Models',
    aliases: ['mo', 'model'],
    about: 'live figures of each model and profile',
    topics: ['traffic', 'quotas'],
    head: (_, {unicode}) => [
      [{text: 'requests '}, {text: '412.0/s', tone: 'strong'}, {text: unicode ? '  ▁▂▃▄▅▆▇█▇▆▅' : ''}],
      [{text: 'throttled '}, {text: '2.1 %', tone: 'bad'}],
    ],
    table: () => table,
    page: (_, key, {columns}) => ({
      title: rows.find((row) => row.key === key)?.id ?? key,
      lines: Array.from({length: 60}, (_unused, at) => [{text: `${key}, line ${at + 1} of ${columns} columns`}]),
    }),
    describe: (_, key) => [
      ['id', rows.find((row) => row.key === key)?.id ?? ''],
      ['key', key],
      ['Region', rows.find((row) => row.key === key)?.cells['region']?.text ?? ''],
    ],
    eventFilter: (_, key) => key,
  }
}

/** A view without rows, for what is said then. */
export const EVENTS_VIEW: BoardView = {
  name: 'events',
  title: 'Events',
  aliases: ['ev'],
  about: 'what happened, newest first',
  topics: ['events'],
  table: () => ({
    columns: [{key: 'at', title: 'AT', least: 8, most: 8, drop: 0}],
    rows: [],
    sortedBy: '-at',
    empty: 'Nothing happened in the last three hours.',
  }),
  describe: () => undefined,
}

export const STAGE_VIEWS: readonly [models: BoardView, events: BoardView] = [modelsView(), EVENTS_VIEW]

/** Feeds of the made-up views: traffic was read, quotas of one Region are denied. */
export const FED: readonly BoardEvent[] = [
  {
    type: 'watching',
    subject: SUBJECT,
    feeds: [
      ['traffic', 'eu-central-1'],
      ['traffic', 'us-east-1'],
      ['quotas', 'eu-central-1'],
      ['events', 'eu-central-1'],
    ],
  },
  ...['eu-central-1', 'us-east-1'].map(
    (place): BoardEvent => ({
      type: 'read',
      reading: {topic: 'traffic', place, atMs: BOARD_NOW - 3000, tookMs: 80, calls: 1, metrics: 40, rows: []},
      nextAtMs: BOARD_NOW + 27_000,
    }),
  ),
  {
    type: 'failed',
    topic: 'quotas',
    place: 'eu-central-1',
    trouble: {
      kind: 'denied',
      code: 'AccessDeniedException',
      message: 'User is not authorized',
      action: 'servicequotas:ListServiceQuotas',
      hint: null,
    },
    atMs: BOARD_NOW - 2000,
    nextAtMs: undefined,
  },
]

/** The board after these events. */
export function boardAfter(
  events: readonly BoardEvent[] = FED,
  {
    size = {columns: 80, rows: 24},
    views = STAGE_VIEWS,
    allowActions = false,
  }: {
    readonly size?: Size
    readonly views?: readonly BoardView[]
    readonly allowActions?: boolean
  } = {},
): BoardState {
  const start = initialBoardState({
    size,
    nowMs: BOARD_NOW,
    intervalMs: 30_000,
    subject: SUBJECT,
    view: 'models',
    profiles: ['default', 'dev', 'prod'],
    regions: ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'],
    allowActions,
  })
  return events.reduce(boardReducer(views), start)
}
