import { expect, test } from 'vitest'
import { spreadOf } from './spread.ts'

test('half of the values lie between the quartiles, in whatever order they come', () => {
  expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4 })
})

test('an even number of values has its median between the two in the middle', () => {
  expect(spreadOf([1, 2, 3, 10])).toEqual({ median: 2.5, low: 1.75, high: 4.75 })
})

test('one value is its own spread', () => {
  expect(spreadOf([7])).toEqual({ median: 7, low: 7, high: 7 })
})

test('the values are left as they are', () => {
  const values = [3, 1, 2]
  spreadOf(values)
  expect(values).toEqual([3, 1, 2])
})
