/** Where the map lies on the canvas: `screen = map * scale + offset`, in pixels; y grows downwards in both. */
export interface MapView {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Position {
  readonly x: number
  readonly y: number
}

const padding = 24

/** Shows all points (x, y, x, y), centred, at one scale for both axes. */
export function fitPoints(points: Float32Array, { width, height }: Size): MapView {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let index = 0; index < points.length; index += 2) {
    const { x, y } = pointAt(points, index / 2)
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  if (points.length === 0) return { scale: 1, x: width / 2, y: height / 2 }
  const across = (width - 2 * padding) / (right - left || 1)
  const down = (height - 2 * padding) / (bottom - top || 1)
  const scale = Math.max(1e-6, Math.min(across, down))
  return { scale, x: width / 2 - ((left + right) / 2) * scale, y: height / 2 - ((top + bottom) / 2) * scale }
}

export const pointAt = (points: Float32Array, index: number): Position => ({
  x: points[index * 2] ?? 0,
  y: points[index * 2 + 1] ?? 0,
})

export const toScreen = (view: MapView, { x, y }: Position): Position => ({
  x: x * view.scale + view.x,
  y: y * view.scale + view.y,
})

/** Makes everything larger by `factor`, save for what lies at `centre` of the canvas, which stays there. */
export const zoomAt = (view: MapView, centre: Position, factor: number): MapView => ({
  scale: view.scale * factor,
  x: centre.x - (centre.x - view.x) * factor,
  y: centre.y - (centre.y - view.y) * factor,
})

/** The point nearest to a place on the canvas, no farther from it than `reach`. */
export function pointNear(points: Float32Array, view: MapView, place: Position, reach: number): number | undefined {
  let nearest: number | undefined
  let least = reach
  for (let index = 0; index * 2 < points.length; index += 1) {
    const { x, y } = toScreen(view, pointAt(points, index))
    const distance = Math.hypot(x - place.x, y - place.y)
    if (distance <= least) [nearest, least] = [index, distance]
  }
  return nearest
}

/** The next point in a direction: near, and not far off to a side. */
export function pointTowards(points: Float32Array, from: number, direction: Position): number | undefined {
  const start = pointAt(points, from)
  let next: number | undefined
  let least = Infinity
  for (let index = 0; index * 2 < points.length; index += 1) {
    const { x, y } = pointAt(points, index)
    const ahead = (x - start.x) * direction.x + (y - start.y) * direction.y
    const aside = Math.abs((x - start.x) * direction.y - (y - start.y) * direction.x)
    if (ahead > 0 && aside <= ahead * 2 && ahead + aside * 2 < least) [next, least] = [index, ahead + aside * 2]
  }
  return next
}
