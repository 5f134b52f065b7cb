import { pointAt, type Position } from './map-view.ts'

/** The groups of points, in the order in which they appear. */
export interface PointGroups {
  readonly names: readonly string[]
  /** Position in `names`, by point; `undefined` for points without a group. */
  readonly ofPoint: readonly (number | undefined)[]
}

/** Colours there are; a seventh group has that of the first. */
const colourCount = 6

/** Number of a group's colour, from 1, as the style sheet counts. */
export const colourOfGroup = (group: number): number => (group % colourCount) + 1

/** Most groups that a map can tell apart. Where there are more, such as an id per row, points have no groups. */
const mostGroups = 12

export function groupsOf(names: readonly (string | undefined)[]): PointGroups {
  const distinct = [...new Set(names.filter((name) => name !== undefined))]
  if (distinct.length > mostGroups) return { names: [], ofPoint: [] }
  const places = new Map<string | undefined, number>(distinct.map((name, index) => [name, index]))
  return { names: distinct, ofPoint: names.map((name) => places.get(name)) }
}

/** Where the name of each group stands: in the middle of its points, by the median, which single outliers do not move. */
export function groupCentres(points: Float32Array, { names, ofPoint }: PointGroups): readonly (Position | undefined)[] {
  return names.map((_, group) => {
    const members = ofPoint.flatMap((of, point) => (of === group ? [pointAt(points, point)] : []))
    const [x, y] = [median(members.map((place) => place.x)), median(members.map((place) => place.y))]
    return x === undefined || y === undefined ? undefined : { x, y }
  })
}

const median = (values: readonly number[]): number | undefined => values.toSorted((a, b) => a - b)[values.length >> 1]
