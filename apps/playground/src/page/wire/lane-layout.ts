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
  const slots: Slot[] = []
  let from = 0
  while (from < items.length) {
    const x = (items[from]?.at ?? 0) * pixelsPerMs
    let to = from + 1
    while (to < items.length && (items[to]?.at ?? 0) * pixelsPerMs - x < 1) to += 1
    const next = items[to]
    const room = next === undefined ? Infinity : next.at * pixelsPerMs - x
    addGroup(slots, items.slice(from, to), x, room)
    from = to
  }
  return slots
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
