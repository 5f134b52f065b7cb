import { expect, test } from 'vitest'
import { apiReports, declaredNames, sharedNames } from './public-names.ts'

const report = `
import { Shared } from '@x/ground';

// @public
export class One {
}

// @public
export function two(): void;

export { Shared }

// @public
export type Three = 'three';
`

test('reads the declarations of a report, not what it exports again', () => {
  expect(declaredNames(report)).toEqual(['One', 'two', 'Three'])
})

test('finds a name that two packages declare', () => {
  const other = '// @public\nexport const two: () => number;\n'
  const reports = new Map([
    ['@x/one', report],
    ['@x/other', other],
  ])
  expect(sharedNames(reports)).toEqual(['two: @x/one, @x/other'])
})

test('no public name has a meaning in one package and another meaning in a second', () => {
  const reports = apiReports()
  expect([...reports.values()].flatMap(declaredNames).length).toBeGreaterThan(300)
  expect(sharedNames(reports)).toEqual([])
})
