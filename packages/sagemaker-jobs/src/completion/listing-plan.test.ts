import { array, assert, integer, nat, property, uniqueArray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WatchedRequest } from './completion-source.ts'
import { ListingPlan } from './listing-plan.ts'

function request(number: number, rows = 1): WatchedRequest {
  const name = String(number).padStart(7, '0')
  const folder = `s3://b/out/job/${Math.floor(number / 1000)}`
  return { name, rows, locations: { output: `${folder}/${name}.out`, failure: `${folder}/failed/${name}` } }
}

describe('a plan of listings', () => {
  test('lists one prefix per thousand rows in flight and poll, and every prefix in turn', () => {
    assert(
      property(
        uniqueArray(nat(20_000), { minLength: 1, maxLength: 200 }),
        integer({ min: 1, max: 40 }),
        (numbers, rows) => {
          const plan = new ListingPlan('output')
          const requests = numbers.map((number) => request(number, rows))
          const prefixes = new Set(numbers.map((number) => Math.floor(number / 1000)))
          const allowed = Math.max(1, Math.ceil((numbers.length * rows) / 1000))
          const listed = new Set<string>()
          const polls = Math.ceil(prefixes.size / allowed)
          for (let poll = 0; poll < polls; poll++) {
            const listings = plan.next(requests)
            expect(listings.length).toBeLessThanOrEqual(allowed)
            for (const { prefix } of listings) listed.add(prefix)
          }
          expect(listed.size).toBe(prefixes.size)
        },
      ),
    )
  })

  test('starts before the first object that is waited for, and knows each request by its object', () => {
    const [listing] = new ListingPlan('output').next([request(7), request(3), request(5)])
    expect(listing?.prefix).toBe('s3://b/out/job/0/')
    expect(listing!.startAfter! < request(3).locations!.output).toBe(true)
    expect(listing!.startAfter! > request(2).locations!.output).toBe(true)
    expect(listing?.awaited.get(request(5).locations!.output)).toBe('0000005')
  })

  test('forgets a prefix without requests that wait', () => {
    const plan = new ListingPlan('output')
    plan.next([request(1), request(1001)])
    assert(
      property(array(nat(999), { maxLength: 5 }), (numbers) => {
        const listings = plan.next(numbers.map((number) => request(number)))
        expect(listings.map(({ prefix }) => prefix)).toEqual(numbers.length === 0 ? [] : ['s3://b/out/job/0/'])
      }),
    )
  })

  test('leaves out requests whose place is not known yet', () => {
    expect(new ListingPlan('failure').next([{ name: '1', rows: 1, locations: undefined }])).toEqual([])
    expect(new ListingPlan('failure').next([{ name: '1', rows: 1, locations: { output: 's3://b/k' } }])).toEqual([])
  })
})
