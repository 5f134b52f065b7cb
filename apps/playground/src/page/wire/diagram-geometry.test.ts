import { describe, expect, it } from 'vitest'
import { cutBridges, laneTop, linkPaths } from './diagram-geometry.ts'
import { layoutLane, type Slot } from './lane-layout.ts'
import { lanes, Wire, type Lane } from './wire.ts'

function drawn(wire: Wire, pixelsPerMs: number) {
  return Object.fromEntries(lanes.map((lane) => [lane, layoutLane(wire[lane], pixelsPerMs)])) as Record<Lane, Slot[]>
}

function wireOf(parts: readonly string[]): Wire {
  const wire = new Wire()
  let start = 0
  for (const [at, text] of parts.entries()) {
    wire.add({ type: 'part', at: at * 10, start, bytes: btoa(text) })
    start += text.length
  }
  return wire
}

describe('linkPaths', () => {
  it('leads from each block to those of the next lane that share bytes with it', () => {
    const wire = wireOf(['ab', 'cd', 'ef'])
    wire.add({ type: 'line', at: 20, start: 0, end: 3, text: 'abc' })
    wire.add({ type: 'value', at: 20, start: 0, end: 3, value: 1 })
    wire.add({ type: 'delta', at: 20, value: 0, channel: 'text', text: 'a' })
    const paths = linkPaths(drawn(wire, 10), new Set(wire.linked(wire.text[0]!)))
    const starts = paths.map((path) => path.split('C')[0])
    expect(paths).toHaveLength(4)
    expect(starts.filter((start) => start?.endsWith(` ${laneTop(0) + 22}`))).toHaveLength(2)
    expect(starts.filter((start) => start?.endsWith(` ${laneTop(2) + 22}`))).toHaveLength(1)
  })
})

describe('cutBridges', () => {
  const euro = '\xe2\x82\xac'
  it('spans the parts of each cut character, and names those that have room', () => {
    const wire = wireOf([`a${euro.slice(0, 1)}`, `${euro.slice(1)}b`, 'c', euro.slice(0, 2), euro.slice(2)])
    const far = cutBridges(wire.cuts, drawn(wire, 4).parts)
    expect(far.map(({ cut, isNamed }) => [cut.character, isNamed])).toEqual([
      ['€', true],
      ['€', true],
    ])
    for (const { from, to, middle } of far) expect(from <= middle && middle <= to).toBe(true)
    expect(cutBridges(wire.cuts, drawn(wire, 0.2).parts).map(({ isNamed }) => isNamed)).toEqual([true, false])
  })
})
