import {expect, test} from 'vitest'
import {createStore} from '../../../src/lib/monitor/store.js'

const counter = (state: {readonly count: number}, by: number) => (by === 0 ? state : {count: state.count + by})

test('listeners are told when the state became another object, and only then', () => {
  const store = createStore(counter, {count: 0})
  const seen: number[] = []
  store.subscribe(() => seen.push(store.getSnapshot().count))

  for (const by of [2, 0, 3]) store.dispatch(by)

  expect(seen).toEqual([2, 5])
})

test('a listener that leaves while being told does not keep the others from hearing', () => {
  const store = createStore(counter, {count: 0})
  const heard: string[] = []
  const leave = store.subscribe(() => {
    heard.push('first')
    leave()
  })
  store.subscribe(() => heard.push('second'))

  store.dispatch(1)
  store.dispatch(1)

  expect(heard).toEqual(['first', 'second', 'second'])
})
