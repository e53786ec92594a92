import {formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import {wrapText} from '../../output/wrap.js'
import type {ActualResult, Reconciled} from './actual.schema.js'

/** Where bill and metrics differ, and what that is made of; nothing where they were not set against each other. */
export function reconciliation({reconciliation: all}: ActualResult, terminal: Terminal): readonly string[] {
  const differing = all.filter(({difference}) => Math.abs(difference) >= 0.005)
  if (all.length === 0) return []
  if (differing.length === 0) return ['Metrics and bill agree for every model.']
  const indent = (text: string, by: number) =>
    wrapText(text, terminal.width - by - 2).map((line, at) => `${' '.repeat(at === 0 ? by : by + 2)}${line}`)
  const late = differing.filter(isLateAlone)
  const others = differing.filter((one) => !isLateAlone(one))
  return [
    paint('strong', 'Billed, less metrics', terminal),
    ...others.flatMap((one) => [
      ...indent(`${signed(one.difference, one.currency)}  ${one.modelId} ${one.region}`, 2),
      ...one.reasons.flatMap(({amount, text}) => indent(`${signed(amount, one.currency)}  ${text}`, 6)),
      ...(one.unexplained === 0
        ? []
        : indent(`${signed(one.unexplained, one.currency)}  unexplained`, 6).map((line) =>
            paint('warn', line, terminal),
          )),
    ]),
    ...[...new Set(late.map(({currency}) => currency))].flatMap((currency) => {
      const same = late.filter((one) => one.currency === currency)
      const sum = same.reduce((total, {difference}) => total + difference, 0)
      const models = [...new Set(same.map(({modelId}) => modelId))].join(', ')
      return indent(`${signed(sum, currency)}  ${same[0]?.reasons[0]?.text}: ${models}`, 2)
    }),
  ]
}

/** The bill is behind, and nothing else differs. */
function isLateAlone({reasons, unexplained}: Reconciled): boolean {
  return unexplained === 0 && reasons.length === 1 && reasons[0]?.kind === 'delay'
}

function signed(amount: number, currency: string): string {
  return `${amount > 0 ? '+' : ''}${formatMoney(amount, currency)}`
}
