import {formatMoney} from '../../output/money.js'
import type {RunSummary, ShardNote} from '../metrics/summary.schema.js'
import {numberText, shareText} from '../show/number-words.js'
import {checkWords, energyWords} from '../show/run-words.js'
import type {ReportedRun} from './read-report.js'

type Fact = readonly [term: string, text: string]
type Facts = readonly Fact[]

/** Whether each run's client can be trusted. */
export function checkFacts(runs: readonly ReportedRun[]): Facts {
  return runs.map(({summary}) => [summary.name ?? summary.id, checkWords(summary)])
}

/** What was asked for. */
export function planFacts(runs: readonly ReportedRun[]): Facts {
  return runs.flatMap(
    ({summary}): Facts => [
      ['Run', [summary.id, summary.name].filter((text) => text !== null).join(', ')],
      ...summary.targets.map(
        ({address, api, latency, name, tier, transport}): Fact => [
          name,
          [address, api, `tier ${tier}`, `latency ${latency}`, transport === 'sdk' ? 'by the AWS SDK' : '']
            .filter((text) => text !== '')
            .join(', '),
        ],
      ),
      ['Data', summary.data],
      [
        'Cells',
        summary.cells
          .map(
            ({block, label, target}) =>
              `${summary.targets[target]?.name ?? target}, ${label}${block > 0 ? `, repeat ${block + 1}` : ''}`,
          )
          .join('; '),
      ],
      ['Seed, plan', `${summary.seed}, ${summary.planDigest}`],
    ],
  )
}

/** Where it ran, what answered. */
export function environmentFacts(runs: readonly ReportedRun[]): Facts {
  return runs.flatMap(({summary}): Facts => {
    const {environment, shards} = summary
    const machine = `${environment.cpus} × ${environment.cpuModel}, ${(environment.memoryBytes / 1e9).toFixed(0)} GB`
    return [
      ['Measured', `${summary.startedAt} to ${summary.endedAt}, by ${summary.tool}`],
      ...(environment.cpus === 0
        ? []
        : [['Client', `${machine}, ${environment.os}, Node ${environment.node}`] as const]),
      ...(shards.length > 1 ? shards.map(shardFact) : []),
      ...summary.targets.map((target): Fact => [target.name, serverWords(target)]),
    ]
  })
}

function shardFact({clockOffsetMs, clockUncertaintyMs, host, index, lateMs, of}: ShardNote): Fact {
  const clock =
    clockOffsetMs === null
      ? 'clock not compared'
      : `clock off by ${numberText(clockOffsetMs)} ms ± ${numberText(clockUncertaintyMs ?? 0)}`
  return [`Shard ${index} of ${of}`, `${host ?? 'unnamed'}, ${clock}, began ${numberText(lateMs)} ms late`]
}

function serverWords({
  gpuHourly,
  servedLatency,
  servedModel,
  servedTier,
  server,
}: RunSummary['targets'][number]): string {
  return [
    server.software === null ? 'server not told' : `${server.software} ${server.version ?? ''}`.trim(),
    ...(gpuHourly ? [`${gpuHourly.gpus} GPU at ${formatMoney(gpuHourly.usd, 'USD')} an hour together`] : []),
    ...servedWords('tier', servedTier),
    ...servedWords('latency', servedLatency),
    ...servedWords('model', servedModel),
  ].join('; ')
}

function servedWords(what: string, served: Readonly<Record<string, number>>): readonly string[] {
  const counts = Object.entries(served).map(([name, count]) => `${name} ${count.toLocaleString('en-US')}`)
  return counts.length === 0 ? [] : [`${what} served: ${counts.join(', ')}`]
}

/** What is known of devices beyond their lanes; why nothing is where nothing was read. */
export function deviceFacts(runs: readonly ReportedRun[]): Facts {
  return runs.flatMap(({summary}) => [
    ...energyWords(summary).map((text): Fact => ['All of them', text]),
    ...summary.telemetry.flatMap((one): Facts => {
      const {absent, device, lanes, name, source} = one
      const title = name === null ? `${source} ${device}`.trim() : `${name} (${device})`
      if (lanes.length === 0) return [[title, `Nothing read: ${absent ?? 'it told nothing'}.`]]
      const facts = deviceEnergy(one)
      return facts.length === 0 ? [] : [[title, facts.join(', ')]]
    }),
  ])
}

function deviceEnergy({
  absent,
  joules,
  joulesPerOutputToken,
  throttledShare,
}: RunSummary['telemetry'][number]): readonly string[] {
  return [
    ...(joules === null ? [] : [`${numberText(joules / 1000)} kJ in the steady windows`]),
    ...(joulesPerOutputToken === null ? [] : [`${numberText(joulesPerOutputToken)} J an output token`]),
    ...(throttledShare === null ? [] : [`clocks held down ${shareText(throttledShare)} of the time`]),
    ...(absent === null ? [] : [absent]),
  ]
}
