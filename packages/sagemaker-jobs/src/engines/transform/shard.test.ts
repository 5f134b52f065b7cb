import { array, assert, integer, jsonValue, property, record, string, uniqueArray } from 'fast-check'
import { expect, test } from 'vitest'
import { readShard, readShardOutput, shardText } from './shard.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('a shard is read back with its rows, whatever they and their bodies hold', () => {
  const row = record({ id: string(), index: integer({ min: 0 }), attempt: integer({ min: 1 }), input: string() })
  const shard = array(record({ rows: array(row, { minLength: 1 }), body: jsonValue() }), { minLength: 1 })
  assert(
    property(shard, (records) => {
      const written = records.map(({ rows, body }) => ({ rows, body: JSON.stringify(body) }))
      const text = shardText(written)
      expect(readShard(bytes(text))).toEqual(records.map(({ rows }) => rows))
      const lines = text.trimEnd().split('\n')
      expect(lines.map((line) => (JSON.parse(line) as { body: unknown }).body)).toEqual(
        records.map(({ body }) => JSON.parse(JSON.stringify(body)) as unknown),
      )
    }),
  )
})

test('answers are found by the number of their record, in any order', () => {
  assert(
    property(uniqueArray(integer({ min: 0, max: 50 })), (numbers) => {
      const lines = numbers.map((n) => JSON.stringify({ n, SageMakerOutput: [n] }))
      const answers = readShardOutput(bytes(`${lines.join('\n')}\n`))
      expect(new Set(answers.keys())).toEqual(new Set(numbers))
      for (const n of numbers) expect(new TextDecoder().decode(answers.get(n))).toBe(`[${n}]`)
    }),
  )
  expect(readShardOutput(bytes('no JSON\n{"n":1}\n')).size).toBe(0)
})
