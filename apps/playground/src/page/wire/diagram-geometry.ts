import type { Slot } from './lane-layout.ts'
import { lanes, type CutCharacter, type Lane, type WireItem } from './wire.ts'

/** Measures of the marble diagram, in pixels. */
export const axisHeight = 24
export const laneHeight = 38
export const blockHeight = 22
/** Between the edge and the start of the call. */
export const inset = 14
export const diagramHeight: number = axisHeight + lanes.length * laneHeight + 4

/** Upper edge of the blocks of a lane, counted from 0. */
export const laneTop = (lane: number): number => axisHeight + lane * laneHeight + (laneHeight - blockHeight) / 2

export type LaneSlots = Readonly<Record<Lane, readonly Slot[]>>

/** Curves from the blocks of each lane to those of the next that share bytes with them, among the linked ones. */
export function linkPaths(slots: LaneSlots, linked: ReadonlySet<WireItem>): string[] {
  const chosen = lanes.map((lane) => slots[lane].filter(({ item }) => linked.has(item)))
  return chosen
    .slice(1)
    .flatMap((lowerSlots, above) =>
      lowerSlots.flatMap((lower) =>
        (chosen[above] ?? [])
          .filter((upper) => sharesBytes(upper, lower))
          .map((upper) => pathBetween(upper, lower, above)),
      ),
    )
}

const sharesBytes = ({ item: a }: Slot, { item: b }: Slot): boolean => a.start < b.end && b.start < a.end

const centre = ({ x, width }: Slot): number => inset + x + width / 2

function pathBetween(upper: Slot, lower: Slot, above: number): string {
  const from = laneTop(above) + blockHeight
  const to = laneTop(above + 1)
  const middle = (from + to) / 2
  return `M${centre(upper)} ${from}C${centre(upper)} ${middle} ${centre(lower)} ${middle} ${centre(lower)} ${to}`
}

/** A bridge over the parts that a character is spread over. */
export interface CutBridge {
  readonly cut: CutCharacter
  readonly from: number
  readonly to: number
  readonly middle: number
  /** Whether there is room to show the character. */
  readonly isNamed: boolean
}

const nameWidth = 18

/** Where cut characters crowd, every bridge is there and only some are named. */
export function cutBridges(cuts: readonly CutCharacter[], parts: readonly Slot[]): CutBridge[] {
  const bridges: CutBridge[] = []
  let free = 0
  for (const cut of cuts) {
    const first = parts[cut.firstPart]
    const last = parts[cut.lastPart]
    if (first === undefined || last === undefined) continue
    const from = inset + first.x + first.width - 3
    const to = inset + last.x + 3
    const middle = (from + to) / 2
    const isNamed = middle - nameWidth / 2 >= free
    if (isNamed) free = middle + nameWidth / 2
    bridges.push({ cut, from, to, middle, isNamed })
  }
  return bridges
}
