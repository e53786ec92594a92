import fc from 'fast-check'
import {expect, test} from 'vitest'
import {layoutOf} from '../../../../src/lib/monitor/sandbox/layout.js'

test('whatever the terminal, there is room for a request or it is called too small', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 400}),
      fc.integer({min: 1, max: 120}),
      fc.nat({max: 300}),
      fc.constantFrom(0, 2),
      (columns, rows, operations, detailRows) => {
        const layout = layoutOf({columns, rows}, operations, detailRows)
        const isTooSmall = columns < 40 || rows < 10

        expect(layout === undefined).toBe(isTooSmall)
        expect(layout?.listRows ?? 1).toBeGreaterThan(0)
        expect(layout?.operationRows ?? 0).toBeGreaterThanOrEqual(0)
        expect((layout?.listWidth ?? 0) + (layout?.sideBySide ? layout.operationsWidth : 0)).toBeLessThanOrEqual(
          columns,
        )
      },
    ),
  )
})

test('the table of operations stands above the list, beside it when wide, and goes first when low', () => {
  const wide = layoutOf({columns: 140, rows: 24}, 9, 0)

  expect(layoutOf({columns: 80, rows: 24}, 9, 0)).toMatchObject({operationRows: 4, sideBySide: false, listRows: 9})
  expect(layoutOf({columns: 60, rows: 16}, 9, 0)).toMatchObject({operationsWidth: 0, listRows: 11})
  expect(wide).toMatchObject({sideBySide: true, listWidth: 80, operationsWidth: 58})
})
