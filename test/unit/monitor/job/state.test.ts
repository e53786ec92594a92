import fc from 'fast-check'
import {expect, test} from 'vitest'
import {bodyOf, initialJobState, type JobFrame, phaseMs, reduceJob} from '../../../../src/lib/monitor/job/state.js'

const NOW = Date.parse('2026-11-21T12:00:00Z')

function frame(over: Partial<JobFrame> = {}): JobFrame {
  return {
    title: 'tone',
    state: 'InProgress',
    tone: undefined,
    where: '',
    phases: [],
    progress: undefined,
    facts: [],
    chart: ({rows}) => Array.from({length: rows}, () => '#'),
    notes: () => ['why', 'what to do'],
    atMs: NOW,
    nextAtMs: undefined,
    simulated: false,
    ...over,
  }
}

test('chart and notes never take more lines than the terminal has left', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(5), fc.nat(40), fc.boolean(), (rows, phases, notes, hasBar) => {
      const phase = {name: 'x', state: 'y', tone: undefined, startedAtMs: undefined, endedAtMs: undefined}
      const shown = frame({
        phases: Array.from({length: phases}, () => phase),
        progress: hasBar ? {share: 0.5, text: ''} : undefined,
        notes: () => Array.from({length: notes}, () => 'note'),
      })

      const body = bodyOf({frame: shown, size: {columns: 80, rows}})

      const blanks = Number(body.chart.length > 0) + Number(body.notes.length > 0)
      const lines = body.chart.length + body.notes.length + blanks
      expect(lines).toBeLessThanOrEqual(Math.max(0, rows - 4 - phases - Number(hasBar)))
    }),
  )
})

test('a look takes the trouble of the one before away and never sets the clock back', () => {
  const troubled = reduceJob(initialJobState(NOW + 1000, {columns: 80, rows: 24}), {type: 'troubled', text: 'no'})

  const looked = reduceJob(troubled, {type: 'looked', frame: frame()})

  expect(looked.trouble).toBeUndefined()
  expect(looked.nowMs).toBe(NOW + 1000)
})

test('the time of a phase goes on until it has ended', () => {
  const running = {name: 'training', state: 'InProgress', tone: undefined, startedAtMs: NOW, endedAtMs: undefined}

  expect(phaseMs(running, NOW + 5000)).toBe(5000)
  expect(phaseMs({...running, endedAtMs: NOW + 2000}, NOW + 5000)).toBe(2000)
  expect(phaseMs({...running, startedAtMs: undefined}, NOW)).toBeUndefined()
})
