import { expect, test } from 'vitest'
import { parseFaults, requestedFaults } from './parse-faults.ts'

test('reads members with their values', () => {
  expect(parseFaults('ending:reset+afterParts:3+parts:inside-characters+probability:0.5')).toEqual({
    ending: 'reset',
    afterParts: 3,
    parts: 'inside-characters',
    probability: 0.5,
  })
  expect(parseFaults('parts:7')).toEqual({ parts: 7 })
})

test.each([
  ['', 'There is no fault ""'],
  ['toString:1', 'There is no fault "toString"'],
  ['delayMs', 'delayMs: "" is not a number of 0 or more'],
  ['delayMs:-1', 'delayMs: "-1" is not a number'],
  ['refusal:maybe', 'refusal: "maybe" is none of throttling'],
])('refuses "%s"', (text, message) => {
  expect(() => parseFaults(text)).toThrow(message)
})

test('finds the reserved attribute among others', () => {
  expect(requestedFaults('a=b;local-faults=delayMs:5, c=d')).toEqual({ delayMs: 5 })
  expect(requestedFaults('accept_eula=true')).toBeUndefined()
  expect(requestedFaults(undefined)).toBeUndefined()
})
