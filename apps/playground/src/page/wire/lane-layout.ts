import { quantile } from '../../protocol/run-metrics.ts'
import type { Lane, WireItem } from './wire.ts'

/** Where an item of a lane is drawn, in pixels from the start of the time axis. */
export interface Slot {
  readonly item: WireItem
  readonly x: number
  readonly width: number
}

const gap = 2
const narrowest = 3
const widest = 132
const marble = 12
const characterWidth = 6.7
const wordWidth = 58
const leastApart = 2.5

/**
 * Places the items of a lane on the time axis.
 *
 * An item stands where its time is and is as wide as its label, as far as there is room before the next one. Items that
 * arrived at the same moment (closer than a pixel) share that room side by side, so that each can be seen and pointed at.
 *
 * @param items - In order of time.
 * @param pixelsPerMs - Scale of the axis.
 */
export function layoutLane(items: readonly WireItem[], pixelsPerMs: number): Slot[] {
  return [...new LaneLayout().update(items, pixelsPerMs)]
}

/** The slots of a lane that grows: what stands already is not placed a second time. */
export class LaneLayout {
  #items: readonly WireItem[] = []
  #pixelsPerMs = 0
  #slots: Slot[] = []
  /** First item of the last group, whose room the next item ends. */
  #lastGroup = 0

  /** Places items that have been added since; all of them on another scale. The result grows in place. */
  update(items: readonly WireItem[], pixelsPerMs: number): readonly Slot[] {
    if (items !== this.#items || pixelsPerMs !== this.#pixelsPerMs) {
      this.#items = items
      this.#pixelsPerMs = pixelsPerMs
      this.#slots = []
      this.#lastGroup = 0
    } else if (items.length === this.#slots.length) return this.#slots
    this.#slots.length = this.#lastGroup
    this.#lastGroup = placeGroups(this.#slots, items, this.#lastGroup, pixelsPerMs)
    return this.#slots
  }
}

/** @returns the first item of the last group. */
function placeGroups(slots: Slot[], items: readonly WireItem[], first: number, pixelsPerMs: number): number {
  let from = first
  let lastGroup = first
  while (from < items.length) {
    const x = (items[from]?.at ?? 0) * pixelsPerMs
    let to = from + 1
    while (to < items.length && (items[to]?.at ?? 0) * pixelsPerMs - x < 1) to += 1
    const next = items[to]
    const room = next === undefined ? Infinity : next.at * pixelsPerMs - x
    addGroup(slots, items.slice(from, to), x, room)
    lastGroup = from
    from = to
  }
  return lastGroup
}

function addGroup(slots: Slot[], group: readonly WireItem[], x: number, room: number): void {
  const share = room / group.length - gap
  let left = x
  for (const item of group) {
    const wanted = Math.min(widest, Math.max(marble, item.label.length * characterWidth + 10))
    const width = Math.max(narrowest, Math.min(wanted, share))
    slots.push({ item, x: left, width })
    left += width + gap
  }
}

/** The scale, in pixels per millisecond, at which the median pause between items leaves room for a word. */
export function readableScale(items: readonly WireItem[]): number {
  const pauses = items.slice(1).map((item, index) => item.at - (items[index]?.at ?? 0))
  const median = quantile(
    pauses.filter((pause) => pause >= 0.5),
    0.5,
  )
  return median === undefined ? 1 : Math.min(8, Math.max(0.05, wordWidth / median))
}

/**
 * The slots to draw for what lies between two pixels. Where they stand closer than can be told apart, one stands for the
 * next few, unless it is among those that must be seen.
 */
export function visibleSlots(
  slots: readonly Slot[],
  from: number,
  to: number,
  always: ReadonlySet<WireItem> = new Set(),
): Slot[] {
  let low = 0
  let high = slots.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((slots[middle]?.x ?? 0) < from - widest) low = middle + 1
    else high = middle
  }
  const visible: Slot[] = []
  for (let index = low; index < slots.length; index += 1) {
    const slot = slots[index]
    if (slot === undefined || slot.x > to) break
    const isApart = slot.x - (visible.at(-1)?.x ?? -Infinity) >= leastApart
    if (slot.x + slot.width >= from && (isApart || always.has(slot.item))) visible.push(slot)
  }
  return visible
}

/** Narrower blocks are drawn as ticks: there is no room for a label. */
const narrowestBox = 9

/** What is drawn of a lane: boxes with labels, and ticks where boxes would have no room. */
export interface DrawnLane {
  readonly boxes: readonly Slot[]
  readonly ticks: readonly Slot[]
}

/** Tells boxes from ticks. Items that must be seen are boxes, however narrow. */
export function drawnLane(visible: readonly Slot[], always: ReadonlySet<WireItem> = new Set()): DrawnLane {
  const isBox = ({ item, width }: Slot): boolean => width >= narrowestBox || always.has(item)
  return { boxes: visible.filter(isBox), ticks: visible.filter((slot) => !isBox(slot)) }
}

/** The slot at a pixel of the time axis, or the nearest one that is no further away than `reach`. */
export function slotAt(slots: readonly Slot[], x: number, reach: number): Slot | undefined {
  let low = 0
  let high = slots.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((slots[middle]?.x ?? 0) <= x) low = middle + 1
    else high = middle
  }
  const distance = ({ x: left, width }: Slot): number => Math.max(left - x, x - left - width, 0)
  const near = [slots[low - 1], slots[low]].filter((slot) => slot !== undefined && distance(slot) <= reach)
  return (near as Slot[]).toSorted((a, b) => distance(a) - distance(b))[0]
}

/** What a lane shows where its whole label has no room: at least so many characters of it, or nothing. */
const leastCharacters: Readonly<Record<Lane, number>> = { parts: Infinity, lines: 6, values: 6, text: 1 }

/** As much of a label as fits and says something, with its spaces kept and control characters made visible. */
export function fitLabel({ lane, label }: Pick<WireItem, 'lane' | 'label'>, width: number): string {
  const characters = Array.from(label.replace(/[\r\n\t ]/g, (character) => visible[character] ?? character))
  const fits = Math.floor((width - 8) / characterWidth)
  if (characters.length <= fits) return characters.join('')
  return fits < leastCharacters[lane] ? '' : `${characters.slice(0, Math.max(1, fits - 1)).join('')}…`
}

const visible: Readonly<Record<string, string>> = { '\r': '␍', '\n': '⏎', '\t': '⇥', ' ': '\u00a0' }
